import os

TABLES = {'dev': 'orders-dev', 'prod': 'orders', 'staging': 'orders-staging'}
TABLE = TABLES[os.environ['STAGE']]

def lambda_handler(event, context):
    return TABLE
