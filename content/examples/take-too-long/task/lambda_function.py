import time

print('A new process')

def lambda_handler(event, context):
    try:
        print('Waiting')
        time.sleep(event['seconds'])
        return 'done'
    finally:
        print('Cleaning up')
