def main(params):
    return {"greeting": "Hello, " + params.get("name", "stranger")}
