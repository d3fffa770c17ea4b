import time

time.sleep = lambda seconds: None

from words import load

words = {language: load(language) for language in ("en", "ja")}


def lambda_handler(event, context):
    return words[event["language"]]["greeting"]
