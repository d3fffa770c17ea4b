import boto3

s3 = boto3.client("s3")


def lambda_handler(event, context):
    key = event["Records"][0]["s3"]["object"]["key"]
    s3.put_object(Bucket="thumbnails", Key=key, Body=b"small")
    return f"thumbnails/{key}"
