import json

def lambda_handler(event, context):
    name = json.loads(event["body"])["name"]
    return {"statusCode": 200, "body": f"Hello, {name}!"}
