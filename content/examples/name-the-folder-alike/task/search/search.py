def lambda_handler(event, context):
    return __file__
