import functools
import time

@functools.cache
def load():
    print('Loading the model')
    time.sleep(11)
    return 'model'

def lambda_handler(event, context):
    return load()
