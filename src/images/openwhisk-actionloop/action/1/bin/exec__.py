"""The process of an action on today's OpenWhisk, and the whole runtime in Python: it runs beside the action.

A model of the launcher that the ActionLoop proxy starts, written anew from what is known of it [OWP] and from
what the original was measured to do [MOW]; no line is the original's. The proxy is a program of its own. It
speaks to this process by two pipes: a request is one line of JSON on standard input, an answer one line of
JSON on file descriptor 3. Standard output and error are the action's, and go to the log.

The loop stands at the top of the module: between `<module>` and the action there is no other frame [MOW].
"""

import json
import os
import sys
import traceback

# The original has the function's name written into it when the action is made [OWP]. Here one file serves
# every action: the name comes as a variable, which is gone before the action looks.
NAME = os.environ.pop("__OW_MAIN", "main")

# The action's own source, laid beside this file under this name. It is imported once, and kept.
import main__  # noqa: E402

main = getattr(main__, NAME)


def say_ready(file):
    """Tell the proxy that the action is there: until it has read this, it does not answer /init."""
    file.write(b'{"ok": true}\n')
    file.flush()


def read_request(line):
    """Return the action's argument; every other key of the request becomes a variable, and stays one.

    A value that is no text ends the process: variables are text [MOW].
    """
    payload = {}
    for key, value in json.loads(line).items():
        if key == "value":
            payload = value
        else:
            os.environ["__OW_" + key.upper()] = value
    return payload


def send_answer(file, text):
    """Send one line to the proxy; it reads no further than the line's end."""
    file.write(text.encode("utf-8") + b"\n")
    file.flush()


answers = os.fdopen(3, "wb")

if os.environ.get("__OW_WAIT_FOR_ACK"):
    say_ready(answers)

while line := sys.stdin.readline():
    payload = read_request(line)
    try:
        result = main(payload)
    except Exception as error:
        # An error of the action is an answer like others; the process lives on.
        traceback.print_exc()
        result = {"error": str(error)}
    # What JSON has no form for is no answer at all: it ends the process here [MOW].
    answer = json.dumps(result, ensure_ascii=False)
    # Inferred: the log is whole before the proxy learns that the activation is over.
    sys.stdout.flush()
    sys.stderr.flush()
    send_answer(answers, answer)
