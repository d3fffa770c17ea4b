import logging

import stock
from json_lines import JsonLines

logger = logging.getLogger("orders")
logger.setLevel(logging.INFO)
logger.propagate = False
handler = logging.StreamHandler()
handler.setFormatter(JsonLines())
logger.addHandler(handler)


def lambda_handler(event, context):
    logger.info("order %s", event["order"])
    stock.take(event["order"])
    return "done"
