import json
import time


def handler(ctx, data):
    seconds = json.load(data)["seconds"]
    time.sleep(seconds)
    return f"waited {seconds} s"
