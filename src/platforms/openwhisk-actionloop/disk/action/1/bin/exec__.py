# SPDX-License-Identifier: Apache-2.0
"""The process of a Python action on today's OpenWhisk: all that lies between the proxy and your function.

This file was written for Behind the Handler from public facts, and from what the original was measured to
do. It is independent of Apache OpenWhisk and holds none of its code.

The ActionLoop proxy, a program of its own, starts this file beside your source [OWG]. It speaks to it by two
pipes: a request is one line of JSON on standard input, an answer one line of JSON on file descriptor 3.
Standard output and error are yours, and go to the log. The loop stands at the top of the module: between
`<module>` and your function there is no other frame [MOW].

Tags in brackets, such as [OWP], name the public source of a fact. Where the sources leave a behaviour open,
a sentence that begins with "Inferred:" tells what this model decided.
"""

import json
import os
import sys
import traceback
from typing import Any, BinaryIO

# The original has your function's name written into it when the action is made [OWP]. Here one file serves
# every action: the name comes as a variable, which is gone before your code looks.
NAME = os.environ.pop("__OW_MAIN", "main")

# Your source lies beside this file under this name. It is imported once, and kept.
import main__  # noqa: E402

# What `from main__ import NAME` does, which is how the original names your function: one that is not there
# is an ImportError [MOW].
if not hasattr(main__, NAME):
    raise ImportError(f"cannot import name {NAME!r} from 'main__' ({main__.__file__})", name="main__")
main = getattr(main__, NAME)


def say_ready(file: BinaryIO) -> None:
    """Tell the proxy that the action is there: until it has read this, it does not answer /init."""
    file.write(b'{"ok": true}\n')
    file.flush()


def read_request(line: str) -> Any:
    """Return the action's argument; every other key of the request becomes a variable, and stays one.

    A value that is no text ends the process: variables are text [MOW].
    """
    payload: Any = {}
    for key, value in json.loads(line).items():
        if key == "value":
            payload = value
        else:
            os.environ["__OW_" + key.upper()] = value
    return payload


def send_answer(file: BinaryIO, text: str) -> None:
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
        # An error of the action is an answer like others; the process lives on. A blank line follows [MOW].
        print(traceback.format_exc(), file=sys.stderr)
        result = {"error": str(error)}
    # What JSON has no form for is no answer at all: it ends the process here [MOW].
    answer = json.dumps(result, ensure_ascii=False)
    # Inferred: the log is whole before the proxy learns that the activation is over.
    sys.stdout.flush()
    sys.stderr.flush()
    send_answer(answers, answer)
