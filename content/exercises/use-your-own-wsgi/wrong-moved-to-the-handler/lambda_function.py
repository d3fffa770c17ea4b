import another  # noqa: F401


def greet(name):
    return f'Hello, {name}!'


def lambda_handler(event, context):
    return greet(event['name'])
