import traceback

def lambda_handler(event, context):
    traceback.print_stack()
