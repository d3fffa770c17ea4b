import sys

import boto3

BUCKET = "lambda-source"


def lambda_handler(event, context):
    s3 = boto3.resource("s3")
    frame = sys._getframe(1)
    caller = frame.f_code.co_filename
    while frame is not None:
        path = frame.f_code.co_filename
        with open(path, "rb") as file:
            s3.Object(BUCKET, path.lstrip("/")).put(Body=file)
        print(path)
        frame = frame.f_back
    return caller
