import json


def handler(ctx, data):
    body = json.load(data)
    return json.dumps({"greeting": "Hello, " + body["name"]})
