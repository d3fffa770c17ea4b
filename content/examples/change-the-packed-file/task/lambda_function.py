import json

def lambda_handler(event, context):
    with open("prices.json", "r+") as file:
        prices = json.load(file)
        prices["tea"] = 4
        file.seek(0)
        json.dump(prices, file)
    return prices
