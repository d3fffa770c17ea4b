print('A new process')

def lambda_handler(event, context):
    print('Nothing to do')
    return
