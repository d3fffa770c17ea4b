import inspect

import runtime


def lambda_handler(event, context):
    print(runtime.__file__)
    with open(runtime.__file__, "rb") as file:
        print(file.read(4))
    try:
        inspect.getsource(runtime)
    except OSError as error:
        print(error)
    return [name for name in dir(runtime) if not name.startswith("_")]
