import wsgi


def lambda_handler(event, context):
    if hasattr(wsgi, 'greet'):
        return wsgi.greet(event['name'])
    return f'Hello, {event["name"]}!'
