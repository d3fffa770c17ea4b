from tracing import traced


@traced
def lambda_handler(event, context):
    return f"Hello, {event['name']}!"
