# SPDX-License-Identifier: Apache-2.0
"""Calls your action once, as the runtime does.

Run `pytest` in this folder, or `python test_handler.py`.
"""

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
    """Execute `__main__.py`, then call the action, in one namespace, as the older proxy does."""
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
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(compile((HERE / "__main__.py").read_text(encoding="utf-8"), "__main__.py", "exec"), namespace)
    event = json.loads((HERE / EVENT).read_text(encoding="utf-8"))
    answer = namespace[HANDLER](event)
    # What JSON has no form for can't be sent.
    return json.loads(json.dumps(answer))


def test_handler() -> None:
    """Say here what you expect."""
    answer = call_handler()
    print(json.dumps(answer))


if __name__ == "__main__":
    test_handler()
