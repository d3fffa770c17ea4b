from prices import read_prices

prices = read_prices()


def lambda_handler(event, context):
    return prices[event['item']]
