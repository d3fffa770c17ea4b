import requests

def lambda_handler(event, context):
    return requests.__version__
