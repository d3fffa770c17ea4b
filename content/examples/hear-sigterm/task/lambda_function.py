import signal
import sys


def say_goodbye(number, frame):
    print("SIGTERM: closing the connection")
    sys.exit(0)


signal.signal(signal.SIGTERM, say_goodbye)


def lambda_handler(event, context):
    return "done"
