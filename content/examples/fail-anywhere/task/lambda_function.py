import sys

def lambda_handler(event, context):
    if event['do'] == 'exit':
        sys.exit(0)
    return {'share': 100 / event['parts']}
