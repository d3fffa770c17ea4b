from meter import metered

wrapped = False


def lambda_handler(event, context):
    if not wrapped:
        wrap()
    return f'Hello, {event["name"]}!'


def wrap():
    global lambda_handler, wrapped
    lambda_handler = metered(lambda_handler)
    wrapped = True
