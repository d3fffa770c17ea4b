import os
import time


def main(params):
    until = int(os.environ["__OW_DEADLINE"]) / 1000 - 5
    done = 0
    while done < params["pages"] and time.time() < until:
        time.sleep(1)
        done += 1
    return {"pages": done}
