import os

import boto3


def lambda_handler(event, context):
    return os.path.join(os.path.dirname(__file__), "vendor", "boto3", os.path.basename(boto3.__file__))
