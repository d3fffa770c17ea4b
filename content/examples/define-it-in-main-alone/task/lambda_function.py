if __name__ == '__main__':

    def lambda_handler(event, context):
        return 'Hello'

    print(lambda_handler({}, None))
