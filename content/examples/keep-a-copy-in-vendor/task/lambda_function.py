import boto3


def lambda_handler(event, context):
    return boto3.__file__
