from glob import glob

def lambda_handler(event, context):
    return glob("*.py")
