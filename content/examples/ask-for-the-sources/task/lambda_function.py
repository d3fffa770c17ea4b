import os
import re

FOLDER = "/var/runtime/awslambda"


def lambda_handler(event, context):
    pattern = f".*{re.escape(event['word'])}.*"
    count = 0
    for name in sorted(os.listdir(FOLDER)):
        if name.endswith(".py"):
            with open(os.path.join(FOLDER, name)) as file:
                text = file.read()
            for line in re.findall(pattern, text):
                print(f"{name}: {line.strip()}")
                count += 1
    return count
