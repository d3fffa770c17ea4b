import sys

print('The top runs.', file=sys.stderr)
calls = 0

def main(params):
    global calls
    calls += 1
    return {'calls': calls}
