import time
import uuid
import boto3

s3 = boto3.client('s3')
s3.put_object(Bucket='my-bucket', Key=f'workers/{uuid.uuid4()}', Body=b'ready')
print('Registered, loading the model')
time.sleep(11)
print('Loaded')

def lambda_handler(event, context):
    return 'Hello'
