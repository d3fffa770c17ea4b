# SPDX-License-Identifier: Apache-2.0
"""The second argument of the handler, made anew from the headers of each invocation [M]."""

import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

# How `context.log` writes: set once for the process, by `run`. It is no attribute of a context [M].
write_log: Callable[[str], object] = sys.stdout.write


class LambdaContext:
    """What the handler may know of its invocation and its environment; it takes new attributes [M]."""

    def __init__(
        self,
        invoke_id: str,
        client_context: Any,
        cognito_identity: Any,
        epoch_deadline_time_in_ms: int,
        invoked_function_arn: str,
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
        # What came as JSON is not checked: a list has no `get`, and that is the error that is told [M].
        self.client_context = make_obj_from_dict(ClientContext, client_context)
        if self.client_context is not None:
            self.client_context.client = make_obj_from_dict(Client, self.client_context.client)
        self.identity = CognitoIdentity()
        if cognito_identity is not None:
            self.identity.cognito_identity_id = cognito_identity.get("cognitoIdentityId")
            self.identity.cognito_identity_pool_id = cognito_identity.get("cognitoIdentityPoolId")
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

    __slots__ = ("custom", "env", "client")  # noqa: RUF023 - the order in which they are told [M]

    def __repr__(self) -> str:
        return describe(self, self.__slots__)


class Client:
    """The app that called [M]."""

    __slots__ = (  # noqa: RUF023 - the order in which they are told [M]
        "installation_id",
        "app_title",
        "app_version_name",
        "app_version_code",
        "app_package_name",
    )

    def __repr__(self) -> str:
        return describe(self, self.__slots__)


class CognitoIdentity:
    """Who called, when an app's user did: always an object, its parts None otherwise [M]."""

    __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")

    def __init__(self) -> None:
        self.cognito_identity_id = None
        self.cognito_identity_pool_id = None

    def __repr__(self) -> str:
        return describe(self, self.__slots__)


Thing = TypeVar("Thing", ClientContext, Client)


def make_obj_from_dict(kind: type[Thing], values: Any) -> Thing | None:
    """Make an object whose attributes are what JSON gave by their names; of null there is none [M]."""
    if values is None:
        return None
    thing = kind()
    set_obj_from_dict(thing, values)
    return thing


def set_obj_from_dict(thing: ClientContext | Client, values: Any) -> None:
    """Set each attribute that the object may have; one that is not there becomes None [M]."""
    for name in thing.__slots__:
        setattr(thing, name, values.get(name))


def describe(thing: object, names: Iterable[str]) -> str:
    """Write an object's parts in the form that the original has: `Name([part=value,…])` [M]."""
    parts = [f"{name}={getattr(thing, name)}" for name in names]
    return f"{type(thing).__name__}([{','.join(parts)}])"
