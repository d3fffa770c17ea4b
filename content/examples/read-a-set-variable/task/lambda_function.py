import os

def lambda_handler(event, context):
    return {"table": os.environ["TABLE"]}
