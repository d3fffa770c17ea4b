import os
import re
import sys


def lambda_handler(event, context):
    home = os.path.dirname(sys._getframe(1).f_code.co_filename)
    pattern = f".*{re.escape(event['word'])}.*"
    count = 0
    for name in sorted(os.listdir(home)):
        if name.endswith(".py"):
            with open(os.path.join(home, name)) as file:
                text = file.read()
            for line in re.findall(pattern, text):
                print(f"{name}: {line.strip()}")
                count += 1
    return count
