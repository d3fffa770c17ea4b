import json
import sys
import time

event = json.load(sys.stdin)
seconds = min(event["seconds"], 2)
time.sleep(seconds)
print(json.dumps({"waited": seconds}))
