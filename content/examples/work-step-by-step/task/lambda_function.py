from work import work_for


def lambda_handler(event, context):
    for seconds in event["steps"]:
        work_for(seconds)
    return {"left": []}
