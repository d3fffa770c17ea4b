# SPDX-License-Identifier: Apache-2.0
"""Calls your handler once, as the runtime does.

Run `pytest` in this folder, or `python test_handler.py`.

The context has what the runtime's own has: the same attributes, values that look alike, time that runs out.
"""

import importlib
import json
import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any

HANDLER = "lambda_function.lambda_handler"
EVENT = "event.json"
TIMEOUT_IN_MS = 3000
MEMORY_IN_MB = 128
VARIABLES: dict[str, str] = {}
# Folders that are on the path as a layer's are.
LAYERS: list[str] = []

HERE = Path(__file__).resolve().parent
PLATFORM_VARIABLES = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    # A test that calls AWS shall not do so with your own keys.
    "AWS_ACCESS_KEY_ID": "ASIAEXAMPLEEXAMPLE00",
    "AWS_SECRET_ACCESS_KEY": "example-secret-that-opens-nothing",
    "AWS_SESSION_TOKEN": "example-session",
    "AWS_LAMBDA_FUNCTION_NAME": "lab",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEMORY_IN_MB),
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/lab",
    "AWS_LAMBDA_LOG_STREAM_NAME": "2026/02/02/[$LATEST]0123456789abcdef0123456789abcdef",
    "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
    "LAMBDA_TASK_ROOT": str(HERE),
    "_HANDLER": HANDLER,
}


class CognitoIdentity:
    """Who called, when an app's user did."""

    __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")

    def __init__(self) -> None:
        self.cognito_identity_id = None
        self.cognito_identity_pool_id = None


class LambdaContext:
    """What a handler may know of its invocation and its environment."""

    def __init__(self) -> None:
        self.aws_request_id = str(uuid.uuid4())
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        # A text, as on Lambda.
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.invoked_function_arn = f"arn:aws:lambda:us-east-1:123456789012:function:{self.function_name}"
        self.tenant_id = None
        self.client_context = None
        self.identity = CognitoIdentity()
        self._epoch_deadline_time_in_ms = time.time_ns() // 1_000_000 + TIMEOUT_IN_MS

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the handler may still run, and never less than 0."""
        return max(self._epoch_deadline_time_in_ms - time.time_ns() // 1_000_000, 0)

    def log(self, msg: Any) -> None:
        """Write to the log, and add no newline."""
        sys.stdout.write(str(msg))


def call_handler() -> Any:
    """Import the handler, call it, and return its answer as a client would read it."""
    os.environ.update(PLATFORM_VARIABLES | VARIABLES)
    os.chdir(HERE)
    sys.path[:0] = [str(HERE), *(str(HERE / folder) for folder in LAYERS)]
    module, _, name = HANDLER.rpartition(".")
    handler = getattr(importlib.import_module(module.replace("/", ".")), name)
    event = json.loads((HERE / EVENT).read_text(encoding="utf-8"))
    answer = handler(event, LambdaContext())
    # What JSON has no form for can't be sent.
    return json.loads(json.dumps(answer))


def test_handler() -> None:
    """Say here what you expect."""
    answer = call_handler()
    print(json.dumps(answer))


if __name__ == "__main__":
    test_handler()
