# SPDX-License-Identifier: Apache-2.0
"""The exceptions that the lab's `boto3` raises. A stand-in of Behind the Handler, not botocore."""

from typing import Any

from botocore.lacks import lacking


class BotoCoreError(Exception):
    """Something was wrong before anything was sent."""


class ParamValidationError(BotoCoreError):
    """An argument is missing, unknown, or of the wrong kind."""

    def __init__(self, *, report: str) -> None:
        super().__init__(f"Parameter validation failed:\n{report}")


class IncompleteReadError(BotoCoreError):
    """A body ended before, or after, as many bytes as were announced."""

    def __init__(self, *, actual_bytes: int, expected_bytes: int) -> None:
        super().__init__(f"{actual_bytes} read, but total bytes expected is {expected_bytes}.")


class UnknownServiceError(BotoCoreError):
    """A service that the stand-in does not have."""


class ProfileNotFound(BotoCoreError):
    """A profile of a file with credentials: here there is no such file."""

    def __init__(self, *, profile: str) -> None:
        super().__init__(f"The config profile ({profile}) could not be found")


class WaiterError(BotoCoreError):
    """What was waited for did not come."""

    def __init__(self, *, name: str, reason: str, last_response: dict[str, Any]) -> None:
        super().__init__(f"Waiter {name} failed: {reason}")
        self.last_response = last_response


class ClientError(Exception):
    """The far side refused; `response` says why, as the real one does."""

    def __init__(self, error_response: dict[str, Any], operation_name: str) -> None:
        error = error_response["Error"]
        super().__init__(
            f"An error occurred ({error['Code']}) when calling the {operation_name} operation: "
            f"{error['Message']}"
        )
        self.response = error_response
        self.operation_name = operation_name


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        # Python asks for its own when it imports from here.
        raise AttributeError(name)
    # Imported when it is asked for: most functions name none of them.
    from botocore.never_raised import NEVER_RAISED

    if name not in NEVER_RAISED:
        raise AttributeError(
            lacking(
                f"botocore.exceptions.{name}",
                "BotoCoreError, ClientError, IncompleteReadError, ParamValidationError, ProfileNotFound, "
                f"UnknownServiceError, WaiterError, {', '.join(NEVER_RAISED)}",
            )
        )
    kind = type(name, (BotoCoreError,), {"__module__": __name__, "__doc__": "Never raised here."})
    return globals().setdefault(name, kind)
