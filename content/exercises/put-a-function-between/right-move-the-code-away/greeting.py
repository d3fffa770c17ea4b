def greet(event, context):
    return f"Hello, {event['name']}!"
