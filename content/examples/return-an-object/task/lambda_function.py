from dataclasses import dataclass

@dataclass
class Order:
    id: str
    total: int

def lambda_handler(event, context):
    order = Order(event["id"], 12)
    return order
