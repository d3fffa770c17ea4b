from datetime import UTC, datetime
from decimal import Decimal

circle = []
circle.append(circle)

VALUES = {
    "decimal": Decimal("9.90"),
    "datetime": datetime.now(UTC),
    "set": {"a", "b"},
    "bytes": b"raw",
    "nan": float("nan"),
    "tuple": (1, 2),
    "circle": circle,
    "large": "x" * 7_000_000,
}


def lambda_handler(event, context):
    print("saved the order")
    return VALUES[event["return"]]
