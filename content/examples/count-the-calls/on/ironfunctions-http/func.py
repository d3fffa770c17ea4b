import json
import sys
from http.client import parse_headers
from types import SimpleNamespace

# Standard output is for responses: what the handler prints is for the log.
requests, responses = sys.stdin.buffer, sys.stdout.buffer
sys.stdout = sys.stderr
from lambda_function import lambda_handler

while requests.readline():
    headers = parse_headers(requests)
    event = json.loads(requests.read(int(headers['Content-Length'])))
    context = SimpleNamespace(aws_request_id=headers['Task-ID'])
    answer = json.dumps(lambda_handler(event, context)).encode()
    responses.write(b'HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n' % len(answer) + answer)
    responses.flush()
