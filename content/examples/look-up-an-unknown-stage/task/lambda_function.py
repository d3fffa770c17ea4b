import os

TABLES = {'dev': 'orders-dev', 'prod': 'orders'}
TABLE = TABLES[os.environ['STAGE']]

def lambda_handler(event, context):
    return TABLE
