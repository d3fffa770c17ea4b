import logging

logger = logging.getLogger(__name__)


def lambda_handler(event, context):
    print("printed")
    logger.info("order %s", event["order"], extra={"order": event["order"]})
    logger.warning("stock is low")
    return "done"
