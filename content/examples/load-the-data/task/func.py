import json


def handler(ctx, data):
    return "Hello, " + json.load(data)["name"]
