def lambda_handler(event):
    return f"Hello, {event['name']}!"
