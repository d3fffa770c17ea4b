import sys

print('The top runs.', file=sys.stderr)
calls = 0

def lambda_handler(event, context):
    global calls
    calls += 1
    return {'calls': calls}
