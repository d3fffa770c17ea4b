import greetings


def lambda_handler(event, context):
    return greetings.greet(event['name'])
