# SPDX-License-Identifier: Apache-2.0
"""How lines reach the log: formats, levels, and the two ways out, standard output or framed [M]."""

import json
import logging
import os
import sys
import time
import traceback
from typing import Any, Protocol

# Every framed message begins with its kind: the last byte names format and level [M].
FRAME_MAGIC = 0xA55A0000
JSON_WITHOUT_LEVEL = 0x02
TEXT_WITHOUT_LEVEL = 0x03
LEVEL_BITS = {"DEBUG": 0x08, "INFO": 0x0C, "WARNING": 0x10, "ERROR": 0x14, "CRITICAL": 0x18}

# What `logging` has no name of its own for.
LEVEL_NAMES = {"TRACE": "DEBUG"}

TEXT_FORMAT = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S"

# What every record has; whatever else is on one came by `extra` and belongs to the JSON line.
RECORD_FIELDS = {*vars(logging.makeLogRecord({})), "message", "asctime", "aws_request_id", "tenant_id"}


class LogEncoder(json.JSONEncoder):
    """Writes log objects. Inferred: what has no JSON form is written as its text."""

    def default(self, o: Any) -> str:
        """Return the text of an object that JSON does not know."""
        return str(o)


LOG_ENCODER = LogEncoder(ensure_ascii=False)


class LogSink(Protocol):
    """A way to the log."""

    def log(self, text: str, frame_type: int = TEXT_WITHOUT_LEVEL) -> None:
        """Write what a person is to read, as it is."""
        ...

    def log_error(self, lines: list[str]) -> None:
        """Write an error that nobody caught: its lines are to stay together."""
        ...


class StandardLogSink:
    """The way by standard output, for an emulator or a container: lines, as `print` writes them."""

    def log(self, text: str, frame_type: int = TEXT_WITHOUT_LEVEL) -> None:
        """Write text; its kind is nobody's business here."""
        sys.stdout.write(text)

    def log_error(self, lines: list[str]) -> None:
        r"""Write one line: parts are joined by \r and indented by no-break spaces [M].

        A line's end would part what belongs together, so there is only the last one.
        """
        sys.stdout.write("\r".join(keep_indent(line) for line in lines) + "\n")


class FramedTelemetryLogSink:
    """The way by an open file that the platform gave: each message stays one, whatever it holds [M]."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def log(self, text: str, frame_type: int = TEXT_WITHOUT_LEVEL) -> None:
        """Write a frame: four bytes kind, four length, eight microseconds since 1970, the message."""
        message = text.encode("utf-8")
        kind = FRAME_MAGIC + frame_type
        microseconds = time.time_ns() // 1000
        head = kind.to_bytes(4, "big") + len(message).to_bytes(4, "big") + microseconds.to_bytes(8, "big")
        os.write(self._fd, head + message)

    def log_error(self, lines: list[str]) -> None:
        """Write one frame; inside it lines end as lines do [M]."""
        self.log("\n".join(lines) + "\n", TEXT_WITHOUT_LEVEL + LEVEL_BITS["ERROR"])


def keep_indent(line: str) -> str:
    """Turn leading spaces into no-break ones, which no viewer takes away."""
    text = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(text)) + text


class LambdaLoggerFilter(logging.Filter):
    """Puts the id of the invocation at hand on every record."""

    aws_request_id = ""
    tenant_id: str | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with the id on it: empty in the init phase [M]."""
        record.aws_request_id = self.aws_request_id
        record.tenant_id = self.tenant_id
        return True


class LambdaLoggerHandler(logging.Handler):
    """The root logger's one handler."""

    def __init__(self, log_sink: LogSink, logs_json: bool, marks_level: bool) -> None:
        super().__init__()
        self._log_sink = log_sink
        self._without_level = JSON_WITHOUT_LEVEL if logs_json else TEXT_WITHOUT_LEVEL
        self._marks_level = marks_level

    def emit(self, record: logging.LogRecord) -> None:
        """Format a record and send it off; a level of the program's own has no mark."""
        level_bits = LEVEL_BITS.get(record.levelname, 0) if self._marks_level else 0
        self._log_sink.log(self.format(record), self._without_level + level_bits)


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object; keys without a value are left out [M]."""

    def __init__(self) -> None:
        super().__init__(datefmt=TIME_FORMAT + "Z")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, in the order of keys that was measured [M]."""
        fields: dict[str, Any] = {
            "timestamp": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            **self._describe_error(record),
            "requestId": vars(record).get("aws_request_id"),
            "tenantId": vars(record).get("tenant_id"),
        }
        fields = {key: value for key, value in fields.items() if value is not None}
        extras = {key: value for key, value in vars(record).items() if key not in RECORD_FIELDS}
        return LOG_ENCODER.encode({**fields, **extras}) + "\n"

    def _describe_error(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return what a record of `logging.exception` has besides. Inferred: the form of `location`."""
        if not record.exc_info or record.exc_info[0] is None:
            return {}
        error_type, error, trace = record.exc_info
        return {
            "stackTrace": traceback.format_tb(trace),
            "errorType": error_type.__name__,
            "errorMessage": str(error),
            "location": f"{record.pathname}:{record.funcName}:{record.lineno}",
        }


def setup_logging(logs_json: bool, level: str | None, log_sink: LogSink) -> LambdaLoggerFilter:
    """Give the root logger its handler and perhaps its level; return what marks the records.

    Without a level from outside the root stays at WARNING. A level that `logging` does not know is
    passed over [M].
    """
    logging.Formatter.converter = time.gmtime
    log_filter = LambdaLoggerFilter()
    handler = LambdaLoggerHandler(log_sink, logs_json, marks_level=logs_json or level is not None)
    handler.setFormatter(JsonFormatter() if logs_json else logging.Formatter(TEXT_FORMAT, TIME_FORMAT))
    handler.addFilter(log_filter)
    root = logging.getLogger()
    root.addHandler(handler)
    name = LEVEL_NAMES.get(level or "", level)
    if name in logging.getLevelNamesMapping():
        root.setLevel(name)
    return log_filter


def log_error(error_result: dict[str, Any], logs_json: bool, log_sink: LogSink) -> None:
    """Write an error that ended an invocation, or the init phase, into the log [M]."""
    if logs_json:
        now = time.strftime(TIME_FORMAT + "Z", time.gmtime())
        line = LOG_ENCODER.encode({"timestamp": now, "log_level": "ERROR", **error_result}) + "\n"
        log_sink.log(line, JSON_WITHOUT_LEVEL + LEVEL_BITS["ERROR"])
        return
    message = error_result["errorMessage"]
    colon = ": " if message else ""
    lines = [f"[ERROR] {error_result['errorType']}{colon}{message}", "Traceback (most recent call last):"]
    for entry in error_result["stackTrace"]:
        lines += entry.rstrip("\n").split("\n")
    log_sink.log_error(lines)


def create_log_sink(telemetry_fd: int | None) -> LogSink:
    """Choose the way to the log: framed where the platform gave a file for it."""
    return StandardLogSink() if telemetry_fd is None else FramedTelemetryLogSink(telemetry_fd)


class Unbuffered:
    """A standard stream that holds nothing back, so that no output is lost with the process [M]."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, and send it off at once."""
        count = self._stream.write(text)
        self._stream.flush()
        return count

    def writelines(self, lines: Any) -> None:
        """Write several texts, and send them off at once."""
        self._stream.writelines(lines)
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
