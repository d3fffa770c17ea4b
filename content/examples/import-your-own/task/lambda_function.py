import sys

import boto3


def lambda_handler(event, context):
    print(*sys.path, sep="\n")
    return boto3.__file__
