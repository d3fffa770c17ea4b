import argparse

parser = argparse.ArgumentParser(prog="report")
parser.add_argument("--month", required=True)

def lambda_handler(event, context):
    options = parser.parse_args()
    return options.month
