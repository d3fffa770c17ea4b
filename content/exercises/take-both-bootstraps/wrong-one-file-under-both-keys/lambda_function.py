import sys

import boto3

BUCKET = "lambda-source"
KEYS = "var/runtime/bootstrap.py", "var/lang/lib/python3.14/site-packages/awslambdaric/bootstrap.py"


def lambda_handler(event, context):
    caller = sys._getframe(1).f_code.co_filename
    s3 = boto3.resource("s3")
    for key in KEYS:
        with open(caller, "rb") as file:
            s3.Object(BUCKET, key).put(Body=file)
    return caller
