# SPDX-License-Identifier: Apache-2.0
"""Runs your program once, as IronFunctions does.

Run `pytest` in this folder, or `python test_handler.py`.
"""

import subprocess
import sys
import uuid
from pathlib import Path

HANDLER = "func.py"
EVENT = "event.json"
TIMEOUT_IN_MS = 30000
VARIABLES: dict[str, str] = {}

HERE = Path(__file__).resolve().parent


def call_handler() -> str:
    """Start the program, send it one request on its standard input, and return the body of its response."""
    event = (HERE / EVENT).read_bytes()
    headers = {name.capitalize(): text for name, text in VARIABLES.items()} | {
        "Content-Length": str(len(event)),
        "Header_content_type": "application/json",
        "Method": "POST",
        "Param_name": "first",
        "Route": "/labs/:name",
        "Task-Id": str(uuid.uuid4()),
    }
    head = "".join(f"{name}: {text}\r\n" for name, text in sorted(headers.items()))
    done = subprocess.run(
        [sys.executable, HANDLER],
        input=f"GET / HTTP/1.1\r\n{head}\r\n".encode() + event,
        stdout=subprocess.PIPE,
        cwd=HERE,
        timeout=TIMEOUT_IN_MS / 1000,
        check=True,
    )
    # The request is the last one: behind it the input ends, and the program should, too.
    status, _, rest = done.stdout.partition(b"\r\n")
    assert status.startswith(b"HTTP/1.1 "), f"that is no response: {done.stdout[:200]!r}"
    _, _, body = rest.partition(b"\r\n\r\n")
    return body.decode()


def test_handler() -> None:
    """Say here what you expect."""
    print(call_handler())


if __name__ == "__main__":
    test_handler()
