def lambda_handler(event, context):
    name = event["name"]
    return f"Hello, {name}!"
