import os
import sys


def lambda_handler(event, context):
    folder = os.path.dirname(sys.modules["__main__"].__file__)
    names = sorted(os.listdir(folder))
    for name in names:
        path = os.path.join(folder, name)
        print(path, os.path.getsize(path))
    return names
