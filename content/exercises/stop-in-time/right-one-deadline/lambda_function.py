import time

from work import work_for

LONGEST = 10  # seconds: for one step, and to answer


def lambda_handler(event, context):
    last_start = time.monotonic() + context.get_remaining_time_in_millis() / 1_000 - LONGEST
    for number, seconds in enumerate(event["steps"]):
        if time.monotonic() > last_start:
            return {"left": event["steps"][number:]}
        work_for(seconds)
    return {"left": []}
