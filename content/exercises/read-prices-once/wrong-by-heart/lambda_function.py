prices = {'apple': 120, 'peach': 240}


def lambda_handler(event, context):
    return prices[event['item']]
