from lambda_function import lambda_handler

def main(params):
    result = lambda_handler(params, None)
    # OpenWhisk takes nothing but a dictionary.
    return {'result': result}
