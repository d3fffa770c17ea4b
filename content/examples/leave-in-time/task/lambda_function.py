import time

NEEDED = 10_000  # milliseconds: for one item, and to answer


def work_on(item):
    time.sleep(8)


def lambda_handler(event, context):
    items = list(event["items"])
    while items and context.get_remaining_time_in_millis() > NEEDED:
        print(items[0], context.get_remaining_time_in_millis())
        work_on(items.pop(0))
    return {"left": items}
