from functools import wraps

names = []


def metered(function):
    @wraps(function)
    def wrapper(event, context):
        count(event)
        return function(event, context)

    return wrapper


def count(event):
    names.append(event['name'])
