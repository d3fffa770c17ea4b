import traceback

import boto3

BUCKET = "lambda-source"


def lambda_handler(event, context):
    caller, _ = traceback.extract_stack(limit=2)
    s3 = boto3.resource("s3")
    with open(caller.filename, "rb") as file:
        s3.Object(BUCKET, "bootstrap.py").put(Body=file)
    return caller.filename
