def lambda_handler(event, context):
    return 'Hello'

if __name__ == '__main__':
    print(lambda_handler({}, None))
