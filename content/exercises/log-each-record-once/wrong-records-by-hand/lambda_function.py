import logging

from json_lines import JsonLines

lines = JsonLines()


def lambda_handler(event, context):
    order = event["order"]
    for name, level, text in (
        ("orders", logging.INFO, f"order {order}"),
        ("stock", logging.WARNING, f"stock is low after {order}"),
    ):
        print(lines.format(logging.LogRecord(name, level, __file__, 0, text, (), None)))
    return "done"
