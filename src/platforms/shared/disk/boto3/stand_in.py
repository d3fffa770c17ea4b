# SPDX-License-Identifier: Apache-2.0
"""What the stand-in says of that which it lacks, and of arguments that are wrong. Not boto3."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from types import FunctionType
from typing import Any

from botocore.exceptions import ParamValidationError
from botocore.lacks import lacking

BUCKET_NAME = re.compile(r"[a-zA-Z0-9.\-_]{1,255}")
# What is no text.
KINDS: dict[str, tuple[type, ...]] = {
    "Metadata": (dict,),
    "Delete": (dict,),
    "Objects": (list, tuple),
    "Quiet": (bool,),
    "CreateBucketConfiguration": (dict,),
    "CopySource": (str, dict),
    "MaxKeys": (int,),
    "PageSize": (int,),
    "Delay": (int, float),
    "MaxAttempts": (int,),
}


class Limited:
    """Something of which the stand-in has only a part; asked for more, it says what there is."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, method in list(vars(cls).items()):
            if isinstance(method, FunctionType) and not name.startswith("_"):
                setattr(cls, name, says_what_it_takes(method))

    def __getattr__(self, name: str) -> Any:
        mine = {*dir(type(self)), *vars(self)}
        there = ", ".join(sorted(other for other in mine if not other.startswith("_")))
        raise AttributeError(lacking(f"{type(self).__name__}.{name}", there))


def says_what_it_takes(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function; called with arguments that it does not know, it says which it has."""
    code = function.__code__
    known = code.co_varnames[1 : code.co_argcount]
    takes_names_alone = not known and code.co_flags & TAKES_ANY_NAME

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except TypeError as error:
            trace = error.__traceback__
            if trace is None or trace.tb_next is not None:
                # It comes from within.
                raise
            if takes_names_alone:
                raise TypeError(f"{function.__name__}() only accepts keyword arguments.") from None
            there = f"it takes {', '.join(known)}" if known else "it takes none"
            raise TypeError(
                f"{error}. Unknown to this lab's stand-in for boto3, or missing; {there}"
            ) from None

    return call


# The mark of a function that has `**given`.
TAKES_ANY_NAME = 0x08


def check(given: dict[str, Any], required: str, optional: str = "", within: str = "input") -> None:
    """Refuse a call's arguments before anything is sent; `Body` is checked when it is read.

    `within` names the argument that `given` is the value of, as `Delete.Objects[0]`.
    """
    _expect_dictionary(given, within)
    known = [*required.split(), *optional.split()]
    report = [
        f'Missing required parameter in {within}: "{name}"' for name in required.split() if name not in given
    ]
    for name, value in given.items():
        if name not in known:
            report.append(f"Unknown to this lab's stand-in for boto3: {name}; known here: {', '.join(known)}")
        elif name != "Body":
            report.extend(_faults(name, value, name if within == "input" else f"{within}.{name}"))
    if report:
        raise ParamValidationError(report="\n".join(report))


def _expect_dictionary(given: Any, within: str) -> None:
    if not isinstance(given, dict):
        raise ParamValidationError(report=_wrong_kind(within, given, (dict,)))


def _faults(name: str, value: Any, path: str) -> Iterable[str]:
    kinds = KINDS.get(name, (str,))
    if not isinstance(value, kinds):
        return [_wrong_kind(path, value, kinds)]
    if name == "Key" and not value:
        return [f"Invalid length for parameter {path}, value: 0, valid min length: 1"]
    if name == "Bucket" and not BUCKET_NAME.fullmatch(value):
        return [f'Invalid bucket name "{value}": Bucket name must match the regex "^{BUCKET_NAME.pattern}$"']
    return _metadata_faults(value) if name == "Metadata" else []


def _wrong_kind(path: str, value: Any, kinds: tuple[type, ...]) -> str:
    valid = ", ".join(str(kind) for kind in kinds)
    return f"Invalid type for parameter {path}, value: {value}, type: {type(value)}, valid types: {valid}"


def _metadata_faults(metadata: dict[Any, Any]) -> Iterator[str]:
    for key, value in metadata.items():
        if not isinstance(value, str):
            yield _wrong_kind(f"Metadata.{key}", value, (str,))
        elif not f"{key}{value}".isascii():
            # It travels in headers, and these are ASCII.
            yield (
                f'Non ascii characters found in S3 metadata for key "{key}", value: "{value}".\n'
                "S3 metadata can only contain ASCII characters."
            )
