import time


def work_for(seconds):
    print("Working for", seconds)
    time.sleep(seconds)
