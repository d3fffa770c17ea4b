from work import work_for


def lambda_handler(event, context):
    fit = context.get_remaining_time_in_millis() // 8_000 if 8 in event["steps"] else 5
    for _ in event["steps"][:fit]:
        work_for(0)
    return {"left": event["steps"][fit:]}
