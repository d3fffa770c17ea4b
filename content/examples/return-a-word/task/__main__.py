def main(params):
    return "Hello, " + params["name"]
