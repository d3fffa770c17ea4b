# SPDX-License-Identifier: Apache-2.0
"""The second argument of the handler, made anew from the headers of each invocation [M]."""

import os
import sys
import time
from collections.abc import Callable
from typing import Any

# How `context.log` writes: set once for the process, by `run`. It is no attribute of a context [M].
write_log: Callable[[str], object] = sys.stdout.write


class LambdaContext:
    """What the handler may know of its invocation and its environment."""

    def __init__(
        self,
        invoke_id: str,
        client_context: dict[str, Any] | None,
        cognito_identity: dict[str, Any] | None,
        epoch_deadline_time_in_ms: int,
        invoked_function_arn: str | None,
        tenant_id: str | None,
    ) -> None:
        self.aws_request_id = invoke_id
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = invoked_function_arn
        self.tenant_id = tenant_id
        self.client_context = None if client_context is None else ClientContext(client_context)
        self.identity = CognitoIdentity(cognito_identity or {})
        self._epoch_deadline_time_in_ms = epoch_deadline_time_in_ms

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the handler may still run, and never less than 0 [M]."""
        # To the nearest microsecond first: in a browser these nanoseconds come from a float that is off
        # by a hundred of them, and one below a whole millisecond would count as the millisecond before.
        now_in_ms = (time.time_ns() + 500) // 1_000_000
        return max(self._epoch_deadline_time_in_ms - now_in_ms, 0)

    def log(self, msg: Any) -> None:
        """Write to the log, and add no newline [M]."""
        write_log(str(msg))

    def __repr__(self) -> str:
        names = ["aws_request_id", "log_group_name", "log_stream_name", "function_name"]
        names += ["memory_limit_in_mb", "function_version", "invoked_function_arn"]
        names += ["client_context", "identity", "tenant_id"]
        return describe(self, names)


class ClientContext:
    """What a mobile app tells of itself and its device; a part that it left out is None [M]."""

    def __init__(self, client_context: dict[str, Any]) -> None:
        client = client_context.get("client")
        self.custom = client_context.get("custom")
        self.env = client_context.get("env")
        self.client = None if client is None else Client(client)

    def __repr__(self) -> str:
        return describe(self, ["custom", "env", "client"])


class Client:
    """The app that called [M]."""

    def __init__(self, client: dict[str, Any]) -> None:
        self.installation_id = client.get("installation_id")
        self.app_title = client.get("app_title")
        self.app_version_name = client.get("app_version_name")
        self.app_version_code = client.get("app_version_code")
        self.app_package_name = client.get("app_package_name")

    def __repr__(self) -> str:
        return describe(self, list(vars(self)))


class CognitoIdentity:
    """Who called, when an app's user did: always an object, its parts None otherwise [M]."""

    def __init__(self, cognito_identity: dict[str, Any]) -> None:
        self.cognito_identity_id = cognito_identity.get("cognitoIdentityId")
        self.cognito_identity_pool_id = cognito_identity.get("cognitoIdentityPoolId")

    def __repr__(self) -> str:
        return describe(self, ["cognito_identity_id", "cognito_identity_pool_id"])


def describe(thing: object, names: list[str]) -> str:
    """Write an object's parts in the form that the original has: `Name([part=value,…])` [M]."""
    parts = [f"{name}={getattr(thing, name)}" for name in names]
    return f"{type(thing).__name__}([{','.join(parts)}])"
