import requets

def lambda_handler(event, context):
    return requets.get(event['url']).text
