import os

TABLE = os.environ['TABLE']

def lambda_handler(event, context):
    return TABLE
