import sys

from meter import metered


def lambda_handler(event, context):
    wrap()
    return f'Hello, {event["name"]}!'


def wrap():
    module = sys.modules[__name__]
    if not hasattr(module.lambda_handler, '__wrapped__'):
        module.lambda_handler = metered(module.lambda_handler)
