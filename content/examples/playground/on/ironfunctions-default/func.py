import json
import sys

# What a handler prints must not get into the answer.
answers, sys.stdout = sys.stdout, sys.stderr

from lambda_function import lambda_handler

json.dump(lambda_handler(json.load(sys.stdin), None), answers)
