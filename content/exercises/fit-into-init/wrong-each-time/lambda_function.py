from words import load


def lambda_handler(event, context):
    return load(event["language"])["greeting"]
