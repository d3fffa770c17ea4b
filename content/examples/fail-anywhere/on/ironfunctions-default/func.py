import json
import sys

from lambda_function import lambda_handler

event = json.load(sys.stdin)
answer = lambda_handler(event, None)
json.dump(answer, sys.stdout)
