from tracing import traced


@traced
def greet(event, context):
    return f"Hello, {event['name']}!"


def lambda_handler(event, context):
    return greet(event, context)
