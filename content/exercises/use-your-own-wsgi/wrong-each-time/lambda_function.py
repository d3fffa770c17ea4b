from importlib.util import module_from_spec, spec_from_file_location


def lambda_handler(event, context):
    spec = spec_from_file_location('own_wsgi', '/var/task/wsgi.py')
    own_wsgi = module_from_spec(spec)
    spec.loader.exec_module(own_wsgi)
    return own_wsgi.greet(event['name'])
