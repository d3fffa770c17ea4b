from meter import metered


def lambda_handler(event, context):
    return greet(event, context)


@metered
def greet(event, context):
    return f'Hello, {event["name"]}!'
