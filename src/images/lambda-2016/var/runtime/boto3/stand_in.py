# SPDX-License-Identifier: Apache-2.0
"""What the stand-in says of that which it lacks, and of arguments that are wrong. Not boto3."""

import re
from typing import Any

from botocore.exceptions import ParamValidationError

BUCKET_NAME = re.compile(r"[a-zA-Z0-9.\-_]{1,255}")
KINDS: dict[str, tuple[type, ...]] = {
    "Metadata": (dict,),
    "Delete": (dict,),
    "CreateBucketConfiguration": (dict,),
    "CopySource": (dict, str),
    "MaxKeys": (int,),
}


class Limited:
    """Something of which the stand-in has only a part; asked for more, it says what there is."""

    def __getattr__(self, name: str) -> Any:
        mine = {*vars(type(self)), *vars(self)}
        there = ", ".join(sorted(other for other in mine if not other.startswith("_")))
        raise AttributeError(
            f"This lab's stand-in for boto3 has no {type(self).__name__}.{name}: it has {there}"
        )


def check(given: dict[str, Any], required: str, optional: str = "") -> None:
    """Refuse a call's arguments before anything is sent; `Body` is checked when it is read."""
    known = [*required.split(), *optional.split()]
    report = [
        f'Missing required parameter in input: "{name}"' for name in known if _misses(given, name, required)
    ]
    for name, value in given.items():
        if name not in known:
            report.append(f"Unknown to this lab's stand-in for boto3: {name}; known here: {', '.join(known)}")
        elif name != "Body":
            report.extend(_faults(name, value))
    if report:
        raise ParamValidationError(report="\n".join(report))


def _misses(given: dict[str, Any], name: str, required: str) -> bool:
    return name in required.split() and name not in given


def _faults(name: str, value: Any) -> list[str]:
    kinds = KINDS.get(name, (str,))
    if not isinstance(value, kinds):
        valid = ", ".join(str(kind) for kind in kinds)
        return [
            f"Invalid type for parameter {name}, value: {value}, type: {type(value)}, valid types: {valid}"
        ]
    if name == "Key" and not value:
        return ["Invalid length for parameter Key, value: 0, valid min length: 1"]
    if name == "Bucket" and not BUCKET_NAME.fullmatch(value):
        return [f'Invalid bucket name "{value}": Bucket name must match the regex "^{BUCKET_NAME.pattern}$"']
    return _metadata_faults(value) if name == "Metadata" else []


def _metadata_faults(metadata: dict[Any, Any]) -> list[str]:
    # It travels in headers, and these are ASCII.
    return [
        f"Invalid metadata {key!r}: {value!r}; both have to be text in ASCII"
        for key, value in metadata.items()
        if not (isinstance(key, str) and isinstance(value, str) and f"{key}{value}".isascii())
    ]
