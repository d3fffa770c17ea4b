print('Here I am')

def lambda_handler(event, context):
    return 'Hello'
