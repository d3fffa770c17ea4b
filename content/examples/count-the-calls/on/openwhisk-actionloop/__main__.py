import os
from types import SimpleNamespace
from lambda_function import lambda_handler

print('The top of __main__.py runs.')

def main(params):
    context = SimpleNamespace(aws_request_id=os.environ['__OW_ACTIVATION_ID'])
    return lambda_handler(params, context)
