import time


def main(params):
    for page in range(params["pages"]):
        print("page", page, flush=True)
        time.sleep(1)
    return {"pages": params["pages"]}
