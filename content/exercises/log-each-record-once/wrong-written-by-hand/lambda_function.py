import json
import logging
import sys

import stock

logging.getLogger("stock").disabled = True


def put(level, logger, message):
    line = json.dumps({"level": level, "logger": logger, "message": message})
    sys.stderr.write(f"{line}\n")


def lambda_handler(event, context):
    put("INFO", "orders", f"order {event['order']}")
    stock.take(event["order"])
    put("WARNING", "stock", f"stock is low after {event['order']}")
    return "done"
