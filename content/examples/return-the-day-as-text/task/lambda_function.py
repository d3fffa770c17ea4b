from datetime import date

def lambda_handler(event, context):
    print('All the work is done')
    return {'on': date(2016, 12, 14).isoformat()}
