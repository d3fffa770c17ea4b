import logging

logger = logging.getLogger("stock")


def take(order):
    logger.warning("stock is low after %s", order)
