import json
import sys

event = json.load(sys.stdin)
body = json.dumps({"greeting": "Hello, " + event["name"]})
print(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}", end="")
