from datetime import datetime

def lambda_handler(event, context):
    print('All the work is done')
    return {'finished': datetime(2016, 12, 14)}
