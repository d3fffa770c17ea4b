import sys

def lambda_handler(event, context):
    if "name" not in event:
        sys.exit(1)
    return f"Hello, {event['name']}!"
