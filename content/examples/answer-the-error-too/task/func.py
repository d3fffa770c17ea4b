import json
import sys
from http.client import parse_headers

while sys.stdin.buffer.readline():
    length = int(parse_headers(sys.stdin.buffer)["Content-Length"])
    event = json.loads(sys.stdin.buffer.read(length))
    try:
        body = json.dumps(100 / event["parts"])
    except ArithmeticError as error:
        body = json.dumps({"error": str(error)})
    print(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}", end="", flush=True)
