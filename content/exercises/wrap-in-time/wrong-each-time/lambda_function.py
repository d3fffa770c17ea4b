from meter import metered


def lambda_handler(event, context):
    return metered(greet)(event, context)


def greet(event, context):
    return f'Hello, {event["name"]}!'
