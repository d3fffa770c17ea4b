from functools import cache

from words import load

load_once = cache(load)
for language in ("en", "ja"):
    load_once(language)


def lambda_handler(event, context):
    return load_once(event["language"])["greeting"]
