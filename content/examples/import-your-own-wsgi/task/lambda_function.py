import wsgi


def lambda_handler(event, context):
    return wsgi.greet(event['name'])
