from sources import read_sources


def lambda_handler(event, context):
    lines = []
    for text in read_sources():
        lines += [line.strip() for line in text.splitlines() if event['tag'] in line]
    return lines
