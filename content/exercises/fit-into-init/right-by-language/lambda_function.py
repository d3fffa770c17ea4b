from functools import cache

from words import load

load_once = cache(load)


def lambda_handler(event, context):
    return load_once(event["language"])["greeting"]
