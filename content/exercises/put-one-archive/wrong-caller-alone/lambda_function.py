import os
import sys
import zipfile
from io import BytesIO

import boto3

BUCKET = "lambda-source"


def lambda_handler(event, context):
    caller = sys._getframe(1).f_code.co_filename
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.write(caller)
    s3 = boto3.resource("s3")
    s3.Object(BUCKET, "runtime.zip").put(Body=content.getvalue())
    return os.path.dirname(caller)
