import sys

print('The top of the file runs.', file=sys.stderr)
calls = 0

def main(params):
    global calls
    calls += 1
    return {'calls': calls}
