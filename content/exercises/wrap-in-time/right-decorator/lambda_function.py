from meter import metered


@metered
def lambda_handler(event, context):
    return f'Hello, {event["name"]}!'
