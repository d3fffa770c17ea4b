def handler(params):
    return {"greeting": "Hello, " + params["name"]}
