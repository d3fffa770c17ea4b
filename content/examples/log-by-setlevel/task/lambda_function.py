import logging

logging.getLogger().setLevel(logging.INFO)
logger = logging.getLogger(__name__)


def lambda_handler(event, context):
    print("printed")
    logger.info("order %s", event["order"])
    logger.warning("stock is low")
    return "done"
