import os
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), "vendor"))

import boto3


def lambda_handler(event, context):
    return boto3.__file__
