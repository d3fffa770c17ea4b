import json
import sys
from http.client import parse_headers

while sys.stdin.buffer.readline():
    length = int(parse_headers(sys.stdin.buffer)["Content-Length"])
    event = json.loads(sys.stdin.buffer.read(length))
    body = json.dumps({"greeting": "Hello, " + event["name"]})
    print(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}", end="", flush=True)
