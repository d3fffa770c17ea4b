def read_prices():
    prices = {}
    with open('prices.txt') as file:
        for line in file:
            item, price = line.split()
            prices[item] = int(price)
    return prices
