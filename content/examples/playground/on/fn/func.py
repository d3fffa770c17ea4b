import json

from lambda_function import lambda_handler

def handler(ctx, data):
    return json.dumps(lambda_handler(json.load(data), None))
