import json
import traceback


def application(environ, start_response):
    traceback.print_stack()
    length = int(environ["CONTENT_LENGTH"])
    body = environ["wsgi.input"].read(length)
    print(environ["REQUEST_METHOD"], body)
    name = json.loads(body)["name"]
    headers = [("Content-Type", "text/plain")]
    start_response("200 OK", headers)
    return [f"Hello, {name}!".encode()]
