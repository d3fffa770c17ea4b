import boto3
import names
import shared
import tools


def lambda_handler(event, context):
    for module in names, shared, tools, boto3:
        print(module.__name__, module.__file__)
    return shared.greet(names.WHO)
