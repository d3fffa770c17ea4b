import sys

import boto3

BUCKET = "lambda-source"


def lambda_handler(event, context):
    paths = [sys.modules["__main__"].__file__, sys._getframe(1).f_code.co_filename]
    content = b""
    for path in paths:
        with open(path, "rb") as file:
            content += file.read()
    boto3.resource("s3").Object(BUCKET, "bootstrap.py").put(Body=content)
    return paths
