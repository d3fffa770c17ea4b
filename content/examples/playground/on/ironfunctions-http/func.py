import json
import sys
from http.client import parse_headers

requests, responses = sys.stdin.buffer, sys.stdout.buffer
# What a handler prints must not get into the answer.
sys.stdout = sys.stderr

from lambda_function import lambda_handler

while requests.readline():
    headers = parse_headers(requests)
    event = json.loads(requests.read(int(headers['Content-Length'])))
    answer = json.dumps(lambda_handler(event, None)).encode()
    responses.write(b'HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n' % len(answer) + answer)
    responses.flush()
