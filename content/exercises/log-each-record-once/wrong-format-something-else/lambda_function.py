import logging

import stock
from json_lines import JsonLines

logging.disable()
lines = JsonLines()


def lambda_handler(event, context):
    order = event["order"]
    stock.take(order)
    for name, level, text in ("orders", "INFO", f"order {order}"), ("stock", "WARNING", f"stock is low after {order}"):
        lines.format(logging.makeLogRecord({}))
        print(f'{{"level": "{level}", "logger": "{name}", "message": "{text}"}}')
    return "done"
