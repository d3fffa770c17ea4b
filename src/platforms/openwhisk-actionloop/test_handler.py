# SPDX-License-Identifier: Apache-2.0
"""Calls your action once, as the runtime does.

Run `pytest` in this folder, or `python test_handler.py`.
"""

import importlib.util
import json
import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any

HANDLER = "main"
EVENT = "event.json"
TIMEOUT_IN_MS = 60000
VARIABLES: dict[str, str] = {}

HERE = Path(__file__).resolve().parent


def call_handler() -> Any:
    """Import `__main__.py` as OpenWhisk does, under another name, and return the action's answer."""
    # OpenWhisk has no context: what it tells of an activation are variables.
    os.environ.update(
        {
            "__OW_NAMESPACE": "guest",
            "__OW_ACTION_NAME": "/guest/lab",
            "__OW_API_HOST": "https://openwhisk.example",
            "__OW_ACTIVATION_ID": uuid.uuid4().hex,
            "__OW_DEADLINE": str(time.time_ns() // 1_000_000 + TIMEOUT_IN_MS),
        }
        | VARIABLES
    )
    os.chdir(HERE)
    sys.path.insert(0, str(HERE))
    spec = importlib.util.spec_from_file_location("main__", HERE / "__main__.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["main__"] = module
    spec.loader.exec_module(module)
    event = json.loads((HERE / EVENT).read_text(encoding="utf-8"))
    answer = getattr(module, HANDLER)(event)
    # What JSON has no form for can't be sent.
    return json.loads(json.dumps(answer))


def test_handler() -> None:
    """Say here what you expect."""
    answer = call_handler()
    print(json.dumps(answer))


if __name__ == "__main__":
    test_handler()
