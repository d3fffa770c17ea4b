# SPDX-License-Identifier: Apache-2.0
"""Runs your program once, as IronFunctions does.

Run `pytest` in this folder, or `python test_handler.py`.
"""

import os
import subprocess
import sys
from pathlib import Path

HANDLER = "func.py"
EVENT = "event.json"
TIMEOUT_IN_MS = 30000
VARIABLES: dict[str, str] = {}

HERE = Path(__file__).resolve().parent


def call_handler() -> str:
    """Start the program with the event on its standard input; return what it writes to standard output."""
    body = (HERE / EVENT).read_bytes()
    call = {
        "METHOD": "POST",
        "ROUTE": "/labs/:name",
        "PARAM_NAME": "first",
        "HEADER_CONTENT_LENGTH": str(len(body)),
        "HEADER_CONTENT_TYPE": "application/json",
    }
    environment = os.environ | {name.upper(): text for name, text in VARIABLES.items()} | call
    done = subprocess.run(
        [sys.executable, HANDLER],
        input=body,
        stdout=subprocess.PIPE,
        cwd=HERE,
        env=environment,
        timeout=TIMEOUT_IN_MS / 1000,
        check=True,
    )
    return done.stdout.decode()


def test_handler() -> None:
    """Say here what you expect."""
    print(call_handler())


if __name__ == "__main__":
    test_handler()
