from words import load

words = {}


def lambda_handler(event, context):
    if not words:
        words.update({language: load(language) for language in ("en", "ja")})
    return words[event["language"]]["greeting"]
