import json
from datetime import datetime
from decimal import Decimal

import orders


def plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, set):
        return sorted(value)
    raise TypeError(f"no plain form for {value!r}")


def lambda_handler(event, context):
    return json.loads(json.dumps(orders.find(event["id"]), default=plain))
