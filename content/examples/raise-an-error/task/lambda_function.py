calls = 0

def lambda_handler(event, context):
    global calls
    calls += 1
    print('Call', calls)
    return 100 / event['parts']
