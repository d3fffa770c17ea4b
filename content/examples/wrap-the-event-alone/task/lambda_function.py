import functools

def logged(handler):
    @functools.wraps(handler)
    def wrapper(event):
        print("Event:", event)
        return handler(event)
    return wrapper

@logged
def lambda_handler(event, context):
    return f"Hello, {event['name']}!"
