import time

def lambda_handler(event, context):
    time.sleep(5)  # the report takes five seconds
    return "done"
