import json
from datetime import datetime

import orders


def plain(value):
    if isinstance(value, set):
        return sorted(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def lambda_handler(event, context):
    return json.dumps(orders.find(event["id"]), default=plain).encode()
