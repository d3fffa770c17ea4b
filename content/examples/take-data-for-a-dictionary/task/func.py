def handler(ctx, data):
    return "Hello, " + data["name"]
