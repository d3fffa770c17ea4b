import json

def lambda_handler(event, context):
    answer = {"text": "あ" * 1_000_000}
    return {"statusCode": 200, "body": json.dumps(answer)}
