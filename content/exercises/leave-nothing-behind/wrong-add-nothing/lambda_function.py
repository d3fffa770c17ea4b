import spool


def lambda_handler(event, context):
    total = sum(int(row) for row in event["rows"])
    spool.add([])
    spool.clear()
    return total
