# SPDX-License-Identifier: Apache-2.0
"""Waiting until something is there, or gone. A stand-in of Behind the Handler, not boto3."""

import time
from collections.abc import Callable
from typing import Any

from boto3.stand_in import Limited, check
from botocore.exceptions import ClientError, WaiterError
from botocore.lacks import lacking

# For each waiter: the call that it makes, what that call needs, and whether it is to succeed.
WAITERS = {
    "bucket_exists": ("head_bucket", "Bucket", True),
    "bucket_not_exists": ("head_bucket", "Bucket", False),
    "object_exists": ("head_object", "Bucket Key", True),
    "object_not_exists": ("head_object", "Bucket Key", False),
}
DELAY, ATTEMPTS = 5, 20


class Waiter(Limited):
    """Asks again and again."""

    def __init__(self, name: str, client: Any) -> None:
        if name not in WAITERS:
            raise ValueError(lacking(f"waiter {name!r}", ", ".join(map(repr, WAITERS))))
        call, self._required, self._wanted = WAITERS[name]
        self._call: Callable[..., Any] = getattr(client, call)
        self.name = "".join(map(str.capitalize, name.split("_")))

    def wait(self, **given: Any) -> None:
        """Wait until it is so; `WaiterConfig={"Delay": seconds, "MaxAttempts": times}` says for how long."""
        config = given.pop("WaiterConfig", {})
        check(config, "", "Delay MaxAttempts", within="WaiterConfig")
        check(given, self._required)
        attempts, delay = config.get("MaxAttempts", ATTEMPTS), config.get("Delay", DELAY)
        attempt = 1
        while True:
            is_there, response = self._ask(given)
            if is_there == self._wanted:
                return
            if attempt >= attempts:
                raise WaiterError(name=self.name, reason="Max attempts exceeded", last_response=response)
            attempt += 1
            time.sleep(delay)

    def _ask(self, given: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
        try:
            return True, self._call(**given)
        except ClientError as error:
            if error.response["Error"]["Code"] != "404":
                reason = f"An error occurred ({error.response['Error']['Code']})"
                raise WaiterError(
                    name=self.name,
                    reason=f"{reason}: {error.response['Error']['Message']}",
                    last_response=error.response,
                ) from error
            return False, error.response
