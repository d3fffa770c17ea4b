import json
import sys
import time

event = json.load(sys.stdin)
time.sleep(event["seconds"])
print(json.dumps({"waited": event["seconds"]}))
