from tracing import traced


def lambda_handler(event, context):
    return f"Hello, {event['name']}!"
