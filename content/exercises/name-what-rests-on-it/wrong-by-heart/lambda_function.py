names = {
    '[BLOG]': ['handle_event_request'],
    '[SENTRY]': ['handle_http_request', 'to_json'],
}


def lambda_handler(event, context):
    return names[event['tag']]
