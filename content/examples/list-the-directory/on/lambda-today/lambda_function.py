import os
import sys


def lambda_handler(event, context):
    script = os.path.dirname(sys.modules["__main__"].__file__)
    package = os.path.dirname(sys._getframe(1).f_code.co_filename)
    names = []
    for folder in script, os.path.dirname(package):
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            print(path, os.path.getsize(path))
            names.append(name)
    return names
