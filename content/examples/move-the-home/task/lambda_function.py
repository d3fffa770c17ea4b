import os
from pathlib import Path

def lambda_handler(event, context):
    home = os.environ.get("HOME", "/home/sbx_user1051")  # as a library finds "~"
    cache = Path(home, ".cache")
    cache.mkdir(parents=True, exist_ok=True)
    return str(cache)
