import orders


def lambda_handler(event, context):
    return orders.find(event["id"])
