from meter import count, metered


def greet(event, context):
    return f'Hello, {event["name"]}!'


metered(greet)


def lambda_handler(event, context):
    count(event)
    return greet(event, context)
