import re

from sources import read_sources


def lambda_handler(event, context):
    names = set()
    for text in read_sources():
        for line in text.splitlines():
            if event['tag'] in line:
                names.update(re.findall(r'`(\w+)`', line))
    return sorted(names)
