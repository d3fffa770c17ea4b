from words import load

words = {"en": load("en")}


def lambda_handler(event, context):
    language = event["language"]
    if language not in words:
        words[language] = load(language)
    return words[language]["greeting"]
