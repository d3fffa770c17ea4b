from contextlib import contextmanager

import spool


@contextmanager
def spooled(rows):
    spool.add(rows)
    try:
        yield spool.read()
    finally:
        spool.clear()


def lambda_handler(event, context):
    with spooled(event["rows"]) as rows:
        return sum(map(int, rows))
