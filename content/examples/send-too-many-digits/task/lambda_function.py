def lambda_handler(event, context):
    return event["n"] % 10
