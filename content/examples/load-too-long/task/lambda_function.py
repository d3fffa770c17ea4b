import time

print('Loading the model')
time.sleep(11)
print('Loaded')

def lambda_handler(event, context):
    return 'Hello'
