import time

def load():
    print('Loading the model')
    time.sleep(11)
    return 'model'

model = load()

def lambda_handler(event, context):
    return model
