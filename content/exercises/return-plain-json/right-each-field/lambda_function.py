import orders


def lambda_handler(event, context):
    order = orders.find(event["id"])
    placed = order["placed"]
    return {
        "placed": placed.isoformat() if placed else None,
        "price": f"{order['price']:.2f}",
        "tags": sorted(order["tags"]),
    }
