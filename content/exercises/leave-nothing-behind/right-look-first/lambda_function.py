import spool


def lambda_handler(event, context):
    for row in event["rows"]:
        int(row)  # raises before anything is written
    spool.add(event["rows"])
    total = sum(int(row) for row in spool.read())
    spool.clear()
    return total
