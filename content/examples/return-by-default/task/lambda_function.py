import json
from datetime import UTC, datetime
from decimal import Decimal


def plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, set):
        return sorted(value)
    raise TypeError(f"no plain form for {value!r}")


def lambda_handler(event, context):
    order = {"placed": datetime(2026, 11, 29, tzinfo=UTC), "price": Decimal("9.90"), "tags": {"new"}}
    return json.loads(json.dumps(order, default=plain, allow_nan=False))
