import sys
from http.client import parse_headers

requests, responses = sys.stdin.buffer, sys.stdout.buffer
while requests.readline():
    length = int(parse_headers(requests)["Content-Length"])
    body = requests.read(length).upper()
    responses.write(body)
    responses.flush()
