import sys

from vendor import botocore

sys.modules["botocore"] = botocore

from vendor import boto3


def lambda_handler(event, context):
    return boto3.__file__
