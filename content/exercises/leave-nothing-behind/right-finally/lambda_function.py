import spool


def lambda_handler(event, context):
    try:
        spool.add(event["rows"])
        return sum(int(row) for row in spool.read())
    finally:
        spool.clear()
