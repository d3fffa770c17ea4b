from meter import metered


def greet(event, context):
    return f'Hello, {event["name"]}!'


def wrap():
    global lambda_handler
    lambda_handler = metered(greet)


wrap()
