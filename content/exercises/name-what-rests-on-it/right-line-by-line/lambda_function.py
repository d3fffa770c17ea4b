import re

from sources import read_sources


def lambda_handler(event, context):
    names = set()
    for text in read_sources():
        function = None
        for line in text.splitlines():
            if begins := re.match(r'\s*def (\w+)', line):
                function = begins[1]
            if function and event['tag'] in line:
                names.add(function)
    return sorted(names)
