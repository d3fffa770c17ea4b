import json
import sys
import uuid
from contextlib import redirect_stdout
from types import SimpleNamespace

# Standard output is the answer: what the handler prints is for the log.
with redirect_stdout(sys.stderr):
    from lambda_function import lambda_handler

    context = SimpleNamespace(aws_request_id=str(uuid.uuid4()))
    answer = lambda_handler(json.load(sys.stdin), context)
json.dump(answer, sys.stdout)
