from datetime import datetime

def lambda_handler(event, context):
    return datetime.now().isoformat()
