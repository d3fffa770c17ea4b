from words import GREETINGS

used = set()


def lambda_handler(event, context):
    language = event["language"]
    if language not in used:
        used.add(language)
        print("Loading", language)
    return GREETINGS[language]
