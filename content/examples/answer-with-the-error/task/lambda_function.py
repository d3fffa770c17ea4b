def lambda_handler(event, context):
    if "name" not in event:
        return {"statusCode": 400, "body": "name is missing"}
    return f"Hello, {event['name']}!"
