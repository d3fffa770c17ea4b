from datetime import UTC, datetime
from decimal import Decimal

ORDERS = {
    "A-7": {"placed": datetime(2026, 11, 28, 9, 30, tzinfo=UTC), "price": Decimal("9.90"), "tags": {"new", "gift"}},
    "B-2": {"placed": None, "price": Decimal("120.00"), "tags": set()},
}


def find(order_id):
    return dict(ORDERS[order_id])
