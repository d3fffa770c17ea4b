import os
import sys

inits = 1
if os.path.exists('/tmp/inits'):
    inits += os.path.getsize('/tmp/inits')
with open('/tmp/inits', 'a') as file:
    file.write('x')
print('Init number', inits)

if inits == 1:
    raise ConnectionError('the database did not answer')

def lambda_handler(event, context):
    if event.get('exit'):
        sys.exit(1)
    return {'inits': inits}
