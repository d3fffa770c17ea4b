from snapshot_restore_py import register_before_snapshot

connection = None

@register_before_snapshot
def close_connection():
    if connection is not None:
        connection.close()

def lambda_handler(event, context):
    return 'Hello'
