from prices import read_prices


def lambda_handler(event, context):
    prices = read_prices()
    return prices[event['item']]
