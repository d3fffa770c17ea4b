import random

from snapshot_restore_py import register_after_restore

@register_after_restore
def seed_again(context):
    random.seed()

def lambda_handler(event, context):
    return 'Hello'
