import sys
from importlib import import_module

# The runtime keeps its own by a name of its own.
del sys.modules['wsgi']
wsgi = import_module('wsgi')


def lambda_handler(event, context):
    return wsgi.greet(event['name'])
