import json
import sys
from http.client import parse_headers

from lambda_function import lambda_handler

requests, responses = sys.stdin.buffer, sys.stdout.buffer
failed = False
while requests.readline():
    headers = parse_headers(requests)
    event = json.loads(requests.read(int(headers["Content-Length"])))
    try:
        answer = {"share": 25.0} if failed else lambda_handler(event, None)
    except ZeroDivisionError:
        failed = True
        answer = {"error": "ZeroDivisionError"}
    body = json.dumps(answer).encode()
    responses.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    responses.flush()
