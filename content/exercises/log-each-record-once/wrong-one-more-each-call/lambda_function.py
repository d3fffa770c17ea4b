import logging

import stock
from json_lines import JsonLines

root = logging.getLogger()
root.setLevel(logging.INFO)
root.handlers.clear()
logger = logging.getLogger("orders")


def lambda_handler(event, context):
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    logger.info("order %s", event["order"])
    stock.take(event["order"])
    return "done"
