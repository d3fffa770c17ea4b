# SPDX-License-Identifier: Apache-2.0
"""What the platform tells a new process: the handler's name as argument, all else by variables."""

from collections.abc import MutableMapping

# From Python 3.12 on, characters beyond ASCII are written as they are [M].
UNESCAPED_VERSIONS = ("3.12", "3.13", "3.14", "3.15")


class LambdaConfig:
    """The process's configuration, read once at the start."""

    def __init__(self, args: list[str], environ: MutableMapping[str, str]) -> None:
        self.handler = self._parse_handler(args)
        self.api_address = environ["AWS_LAMBDA_RUNTIME_API"]
        self.is_snap_start = environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start"
        self.logs_json = environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
        self.log_level = environ.get("AWS_LAMBDA_LOG_LEVEL")
        self.telemetry_fd = self._take_telemetry_fd(environ)

    def _parse_handler(self, args: list[str]) -> str:
        """Return the argument behind the program's name [M]."""
        try:
            return args[1]
        except IndexError:
            raise ValueError("Handler not set")  # noqa: B904 - the log shows both errors [M]

    def _take_telemetry_fd(self, environ: MutableMapping[str, str]) -> int | None:
        """Return the number of the file that takes log frames, if there is one; the variable goes [M]."""
        text = environ.pop("_LAMBDA_TELEMETRY_LOG_FD", None)
        return int(text) if text else None


def escapes_text(environ: MutableMapping[str, str]) -> bool:
    r"""Say whether text beyond ASCII is written as \u escapes: the managed Python's version decides [M]."""
    version = environ.get("AWS_EXECUTION_ENV", "").removeprefix("AWS_Lambda_python")
    return version not in UNESCAPED_VERSIONS
