import os
import sys

if 'TABLE' not in os.environ:
    sys.exit('TABLE is not set')

def lambda_handler(event, context):
    return os.environ['TABLE']
