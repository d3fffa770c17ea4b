# SPDX-License-Identifier: Apache-2.0
"""Calls your function once, as Fn's kit does.

Run `pytest` in this folder, or `python test_handler.py`.
"""

import asyncio
import datetime
import importlib
import inspect
import io
import os
import sys
import uuid
from pathlib import Path
from typing import Any

HANDLER = "handler"
EVENT = "event.json"
TIMEOUT_IN_MS = 30000
MEMORY_IN_MB = 128
VARIABLES: dict[str, str] = {}

HERE = Path(__file__).resolve().parent
PLATFORM_VARIABLES = {
    "FN_FORMAT": "http-stream",
    "FN_APP_ID": "01J0APPLICATION00000000000",
    "FN_APP_NAME": "lab",
    "FN_FN_ID": "01J0FUNCTION00000000000000",
    "FN_FN_NAME": "lab",
    "FN_MEMORY": str(MEMORY_IN_MB),
    "FN_TYPE": "sync",
}


class InvokeContext:
    """What is known of the call; it came without an HTTP request."""

    def __init__(self) -> None:
        deadline = datetime.datetime.now(datetime.UTC) + datetime.timedelta(milliseconds=TIMEOUT_IN_MS)
        self._call = str(uuid.uuid4())
        self._deadline = deadline.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.response_headers: dict[str, str] = {}
        self.response_status = 200

    def AppID(self) -> str:
        """Return the id of the application."""
        return os.environ["FN_APP_ID"]

    def AppName(self) -> str:
        """Return the name of the application."""
        return os.environ["FN_APP_NAME"]

    def FnID(self) -> str:
        """Return the id of the function."""
        return os.environ["FN_FN_ID"]

    def FnName(self) -> str:
        """Return the name of the function."""
        return os.environ["FN_FN_NAME"]

    def CallID(self) -> str:
        """Return the id of this call."""
        return self._call

    def Config(self) -> dict[str, str]:
        """Return all variables."""
        return dict(os.environ)

    def Headers(self) -> dict[str, str]:
        """Return the headers of the call."""
        return {
            "content-type": "application/json",
            "fn-call-id": self._call,
            "fn-deadline": self._deadline,
        }

    def HTTPHeaders(self) -> dict[str, str]:
        """Return the headers of the HTTP request that led here: there was none."""
        return {}

    def Format(self) -> str:
        """Return `http-stream`."""
        return os.environ["FN_FORMAT"]

    def Deadline(self) -> str:
        """Return when the time is up."""
        return self._deadline

    def RequestURL(self) -> None:
        """Return the address that the caller used: none."""

    def Method(self) -> None:
        """Return the caller's method: none."""

    def SetResponseHeaders(self, headers: dict[str, str], status_code: int) -> None:
        """Say what the answer to an HTTP request is to have."""
        self.response_headers.update(headers)
        self.response_status = status_code


def call_handler() -> str:
    """Import `func.py`, call the function, and return the text that Fn would send."""
    os.environ.update(PLATFORM_VARIABLES | VARIABLES)
    os.chdir(HERE)
    sys.path.insert(0, str(HERE))
    handler = getattr(importlib.import_module("func"), HANDLER)
    answer: Any = handler(InvokeContext(), data=io.BytesIO((HERE / EVENT).read_bytes()))
    if inspect.iscoroutine(answer):
        answer = asyncio.run(answer)
    # A `Response` of the kit has its text in `body`.
    answer = getattr(answer, "body", answer)
    return answer.decode() if isinstance(answer, bytes) else str(answer or "")


def test_handler() -> None:
    """Say here what you expect."""
    print(call_handler())


if __name__ == "__main__":
    test_handler()
