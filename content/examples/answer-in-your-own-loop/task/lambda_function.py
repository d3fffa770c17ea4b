def lambda_handler(event, context):
    return {"share": 100 / event["parts"]}
