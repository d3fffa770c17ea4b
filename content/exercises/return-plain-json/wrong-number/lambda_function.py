import orders


def lambda_handler(event, context):
    order = orders.find(event["id"])
    order["placed"] = order["placed"] and order["placed"].isoformat()
    order["tags"] = sorted(order["tags"])
    return order
