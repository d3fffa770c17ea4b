import sys

sys.path.insert(0, '/var/task')
import wsgi


def lambda_handler(event, context):
    return wsgi.greet(event['name'])
