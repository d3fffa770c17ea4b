import logging

logging.basicConfig(level=logging.INFO, force=True)
logger = logging.getLogger(__name__)


def lambda_handler(event, context):
    print("printed")
    logger.info("order %s", event["order"])
    logger.warning("stock is low")
    return "done"
