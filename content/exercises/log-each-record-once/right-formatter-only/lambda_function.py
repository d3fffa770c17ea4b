import logging

import stock
from json_lines import JsonLines

root = logging.getLogger()
for handler in root.handlers:
    handler.setFormatter(JsonLines())

logger = logging.getLogger("orders")
logger.setLevel(logging.INFO)


def lambda_handler(event, context):
    logger.info("order %s", event["order"])
    stock.take(event["order"])
    return "done"
