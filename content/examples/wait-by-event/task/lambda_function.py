import traceback


def lambda_handler(event, context):
    traceback.print_stack()
    print(event)
    return f"Hello, {event['name']}!"
