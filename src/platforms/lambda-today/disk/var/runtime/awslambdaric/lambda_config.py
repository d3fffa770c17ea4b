# SPDX-License-Identifier: Apache-2.0
"""What the platform tells a new process: the handler's name as argument, all else by variables."""

from collections.abc import MutableMapping

# The managed Pythons in whose time two things changed: text beyond ASCII is written as it is, and a
# thread waits for the next invocation [M].
LATER_VERSIONS = ("3.12", "3.13", "3.14", "3.15")


class LambdaConfig:
    """The process's configuration, read once: a handler that changes a variable changes nothing here [M]."""

    def __init__(self, args: list[str], environ: MutableMapping[str, str]) -> None:
        self.handler = self._parse_handler(args)
        self.api_address = environ["AWS_LAMBDA_RUNTIME_API"]
        self.is_snap_start = environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start"
        # Case does not count in these two, a blank does [M].
        self.logs_json = environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
        self.log_level = environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
        self.telemetry_fd = environ.pop("_LAMBDA_TELEMETRY_LOG_FD", None)
        self.is_later_python = is_later_python(environ)

    def _parse_handler(self, args: list[str]) -> str:
        """Return the argument behind the program's name; `_HANDLER` is not looked at [M]."""
        try:
            return args[1]
        except IndexError:
            raise ValueError("Handler not set")  # noqa: B904 - the log shows both errors [M]


def is_later_python(environ: MutableMapping[str, str]) -> bool:
    """Say whether the managed Python is one of the later ones: the platform's variable decides it [M]."""
    return environ.get("AWS_EXECUTION_ENV", "").removeprefix("AWS_Lambda_python") in LATER_VERSIONS
