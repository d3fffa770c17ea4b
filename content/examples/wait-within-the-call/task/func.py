import json
import time


def handler(ctx, data):
    seconds = min(json.load(data)["seconds"], 2)
    time.sleep(seconds)
    return f"waited {seconds} s"
