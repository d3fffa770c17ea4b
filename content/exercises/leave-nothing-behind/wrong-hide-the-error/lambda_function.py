import spool


def lambda_handler(event, context):
    spool.add(event["rows"])
    try:
        return sum(int(row) for row in spool.read())
    except ValueError:
        return None
    finally:
        spool.clear()
