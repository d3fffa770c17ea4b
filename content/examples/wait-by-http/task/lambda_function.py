import json
import traceback


def application(environ, start_response):
    traceback.print_stack()
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    print(environ["REQUEST_METHOD"], environ["PATH_INFO"], body)
    name = json.loads(body)["name"]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"Hello, {name}!".encode()]
