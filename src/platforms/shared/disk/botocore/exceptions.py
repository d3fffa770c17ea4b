# SPDX-License-Identifier: Apache-2.0
"""The exceptions that the lab's `boto3` raises. A stand-in of Behind the Handler, not botocore."""

from typing import Any


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
