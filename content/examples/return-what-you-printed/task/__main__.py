def main(params):
    total = sum(params["prices"])
    print({"total": total})
    return {"total": total}
