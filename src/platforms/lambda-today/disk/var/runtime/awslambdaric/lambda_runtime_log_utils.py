# SPDX-License-Identifier: Apache-2.0
"""What a line of the log looks like: its format, the level that it has, the kind of its frame [M]."""

import json
import logging
import time
import traceback
from types import TracebackType
from typing import Any

# Every framed message begins with its kind: the last byte names format and level [M].
FRAME_MAGIC = 0xA55A0000
JSON_WITHOUT_LEVEL = 0x02
TEXT_WITHOUT_LEVEL = 0x03
LEVEL_BITS = {0: 0, 10: 0x08, 20: 0x0C, 30: 0x10, 40: 0x14, 50: 0x18}

# What the platform calls levels that `logging` has by another name, or has not.
LEVEL_NAMES = {"TRACE": "DEBUG"}

TEXT_FORMAT = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S"

# Keys of the line itself: an `extra` of such a name changes nothing, whether the line has the key or not [M].
LINE_KEYS = (
    "timestamp",
    "level",
    "message",
    "logger",
    "stackTrace",
    "errorType",
    "errorMessage",
    "requestId",
    "location",
)

# What every record has; whatever else is on one came by `extra` and belongs to the JSON line. So does the
# name of a task of asyncio's, though the record has it by itself: outside of tasks it is None [M].
RECORD_FIELDS = {
    *vars(logging.makeLogRecord({})),
    *LINE_KEYS,
    "asctime",
    "aws_request_id",
    "tenant_id",
    "_frame_type",
} - {"taskName"}

# Python's own: what JSON has no form for is an error, in the midst of the call that logs [M].
LOG_ENCODER = json.JSONEncoder(ensure_ascii=False)


def floor_level(level: int) -> int:
    """Return the standard level at or below a number: 35 is WARNING's 30, 5 is NOTSET's 0 [M]."""
    return max((standard for standard in LEVEL_BITS if standard <= level), default=0)


class LambdaLoggerFilter(logging.Filter):
    """Puts the id of the invocation at hand on every record."""

    aws_request_id = ""
    tenant_id: str | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with the id on it: empty in the init phase [M]."""
        record.aws_request_id = self.aws_request_id
        record.tenant_id = self.tenant_id
        return True


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object; keys without a value are left out [M]."""

    def __init__(self) -> None:
        super().__init__(datefmt=TIME_FORMAT + "Z")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, its keys in the order that was measured [M]; the record keeps its frame's kind."""
        level = floor_level(record.levelno)
        vars(record)["_frame_type"] = JSON_WITHOUT_LEVEL + LEVEL_BITS[level]
        fields: dict[str, Any] = {
            "timestamp": self.formatTime(record, self.datefmt),
            # By the number: the record's own name does not count, one given by `addLevelName` does [M].
            "level": logging.getLevelName(level),
            "message": record.getMessage(),
            "logger": record.name,
            "stackTrace": self.__format_stacktrace(record),
            "errorType": self.__format_exception_name(record),
            "errorMessage": self.__format_exception(record),
            "requestId": vars(record).get("aws_request_id"),
            "tenantId": vars(record).get("tenant_id"),
            "location": self.__format_location(record),
        }
        for key, value in vars(record).items():
            # Where no tenant is known, one may be told by `extra` [M].
            if key not in RECORD_FIELDS and fields.get(key) is None:
                fields[key] = value
        return LOG_ENCODER.encode({key: value for key, value in fields.items() if value is not None}) + "\n"

    def __format_stacktrace(self, record: logging.LogRecord) -> list[str] | None:
        return traceback.format_tb(_exc_info_of(record)[2]) if record.exc_info else None

    def __format_exception_name(self, record: logging.LogRecord) -> str | None:
        # Where `exc_info=True` found no exception, the call that logs raises AttributeError [M].
        return _exc_info_of(record)[0].__name__ if record.exc_info else None

    def __format_exception(self, record: logging.LogRecord) -> str | None:
        return str(_exc_info_of(record)[1]) if record.exc_info else None

    def __format_location(self, record: logging.LogRecord) -> str | None:
        return f"{record.pathname}:{record.funcName}:{record.lineno}" if record.exc_info else None


def _exc_info_of(record: logging.LogRecord) -> tuple[Any, BaseException | None, TracebackType | None]:
    return record.exc_info or (None, None, None)


def set_level(name: str) -> None:
    """Give the root logger its level from outside: what `logging` does not know leaves it at WARNING [M]."""
    name = LEVEL_NAMES.get(name, name)
    if name in logging.getLevelNamesMapping():
        logging.getLogger().setLevel(name)


def error_to_line(error_result: dict[str, Any]) -> str:
    """Return the JSON line of an error that nobody caught: its level is `log_level` [M]."""
    now = time.strftime(TIME_FORMAT + "Z", time.gmtime())
    return LOG_ENCODER.encode({"timestamp": now, "log_level": "ERROR", **error_result})


def error_to_lines(error_result: dict[str, Any]) -> list[str]:
    """Return the lines of an error that nobody caught, as they stand in the log [M]."""
    # Not by a format: that would ask the message's own `__str__`, where its class is made from `str` [M].
    message: str = error_result["errorMessage"]
    first = "[ERROR] " + error_result["errorType"] + (": " + message if message else "")
    lines = [first, "Traceback (most recent call last):"]
    for entry in error_result["stackTrace"]:
        lines += entry.rstrip("\n").split("\n")
    return [keep_indent(line) for line in lines]


def keep_indent(line: str) -> str:
    """Turn leading spaces into no-break ones, which no viewer takes away [M]."""
    text = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(text)) + text
