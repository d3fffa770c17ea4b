import functools
import time

@functools.cache
def load():
    print('Loading the model')
    time.sleep(11)
    print('Loaded')

def lambda_handler(event, context):
    load()
    return 'Hello'
