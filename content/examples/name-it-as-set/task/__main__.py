def hello(params):
    return {"greeting": "Hello, " + params["name"]}
