import os
import sys

import boto3

BUCKET = "lambda-source"


def lambda_handler(event, context):
    caller = sys._getframe(1).f_code.co_filename
    s3 = boto3.resource("s3")
    for folder in os.path.dirname(caller), "/var/runtime":
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                s3.Object(BUCKET, path.lstrip("/")).put(Body=file)
    return caller
