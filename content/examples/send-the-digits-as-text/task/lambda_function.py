def lambda_handler(event, context):
    return int(event["n"][-1])
