from functools import lru_cache


@lru_cache(maxsize=2)
def load(name):
    print("loading", name)
    return name.upper()


def lambda_handler(event, context):
    return load(event["name"])
