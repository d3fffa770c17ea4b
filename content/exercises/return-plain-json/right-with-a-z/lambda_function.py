import orders


def lambda_handler(event, context):
    order = orders.find(event["id"])
    placed = order["placed"]
    return {
        "placed": placed and placed.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "price": str(order["price"]),
        "tags": sorted(order["tags"]),
    }
