print('The module runs.')
calls = 0

def lambda_handler(event, context):
    global calls
    calls += 1
    print(f'Call {calls} in this environment.')
    left = context.get_remaining_time_in_millis() if context else None
    return {'event': event, 'milliseconds left': left}
