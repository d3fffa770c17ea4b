import sys

def main(folder='/data'):
    print('Importing', folder)
    return 0

def lambda_handler(event, context):
    return main(event['folder'])

if __name__ == '__main__':
    sys.exit(main())
