from fastmath import add

def lambda_handler(event, context):
    return add(1, 2)
