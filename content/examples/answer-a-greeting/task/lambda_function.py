import os

calls = 0
print(f"Imported, with a session token: {'AWS_SESSION_TOKEN' in os.environ}")

def lambda_handler(event, context):
    global calls
    calls += 1
    print(f'Call {calls}, request {context.aws_request_id}')
    return {'greeting': 'Hello, ' + event['name'], 'call': calls}
