import logging

import stock
from json_lines import JsonLines

handler = logging.StreamHandler()
handler.setFormatter(JsonLines())
logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)

logger = logging.getLogger("orders")


def lambda_handler(event, context):
    logger.info("order %s", event["order"])
    stock.take(event["order"])
    return "done"
