import json


def lambda_handler(event, context):
    print(json.__file__)
    return json.dumps(event)
