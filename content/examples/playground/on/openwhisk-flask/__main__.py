from lambda_function import lambda_handler

def main(params):
    return lambda_handler(params, None)
