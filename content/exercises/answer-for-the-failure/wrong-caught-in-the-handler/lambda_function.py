def lambda_handler(event, context):
    try:
        return {"share": 100 / event["parts"]}
    except ZeroDivisionError as error:
        return {"error": type(error).__name__}
