import functools

def logged(handler):
    @functools.wraps(handler)
    def wrapper(event, context):
        print("Event:", event)
        return handler(event, context)
    return wrapper

@logged
def lambda_handler(event, context):
    return f"Hello, {event['name']}!"
