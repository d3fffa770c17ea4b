import json

import orders


def lambda_handler(event, context):
    return json.loads(json.dumps(orders.find(event["id"]), default=str))
