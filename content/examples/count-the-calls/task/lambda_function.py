from os import environ

print('Imported. Is there a key?')
print('AWS_ACCESS_KEY_ID' in environ)
calls = 0

def lambda_handler(event, context):
    global calls
    calls += 1
    print(context.aws_request_id)
    return {event['name']: calls}
