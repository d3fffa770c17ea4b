from functools import cache

from prices import read_prices


@cache
def all_prices():
    return read_prices()


def lambda_handler(event, context):
    return all_prices()[event['item']]
