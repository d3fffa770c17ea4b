from importlib.util import module_from_spec, spec_from_file_location

spec = spec_from_file_location('own_wsgi', '/var/task/wsgi.py')
own_wsgi = module_from_spec(spec)
spec.loader.exec_module(own_wsgi)


def lambda_handler(event, context):
    return own_wsgi.greet(event['name'])
