ORDERS = ["orders/1.json", "orders/2.json"]
