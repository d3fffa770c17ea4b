import sys

import boto3

BUCKET = "lambda-source"


def lambda_handler(event, context):
    path = sys._getframe().f_code.co_filename
    s3 = boto3.resource("s3")
    s3.Object(BUCKET, "bootstrap.py").put(Body=open(path, "rb"))
    return path
