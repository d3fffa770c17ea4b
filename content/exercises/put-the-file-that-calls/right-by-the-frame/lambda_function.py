import sys

import boto3

BUCKET = "lambda-source"


def lambda_handler(event, context):
    path = sys._getframe(1).f_code.co_filename
    s3 = boto3.resource("s3")
    with open(path, "rb") as file:
        s3.Object(BUCKET, "bootstrap.py").put(Body=file)
    return path
