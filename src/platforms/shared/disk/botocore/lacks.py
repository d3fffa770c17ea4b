# SPDX-License-Identifier: Apache-2.0
"""Sentences of the stand-in about what it has not. A stand-in of Behind the Handler, not botocore."""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

PACKAGES = ("boto3", "botocore")
# What a program may import of them; the other files are the stand-in's own.
MODULES = {
    "boto3": "exceptions, s3.transfer, session",
    "botocore": "client, config, exceptions, response",
}


def lacking(what: str, has: str) -> str:
    """Return the sentence that says what the stand-in lacks, and what it has of that kind."""
    return f"This lab's stand-in for boto3 has no {what}: it has {has}"


def part_of(module: str, name: str, others: str = "") -> Any:
    """Return a part of a package that was not imported by itself, or say which parts there are."""
    modules = MODULES.get(module, "").split(", ")
    if name in {path.partition(".")[0] for path in modules if path}:
        return import_module(f"{module}.{name}")
    there = ", ".join(part for part in (others, *(f"{module}.{path}" for path in modules if path)) if part)
    raise AttributeError(lacking(f"{module}.{name}", there))


class Missing(MetaPathFinder):
    """Stands behind all other finders: a module of these packages that comes to it is not there."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Say what there is in place of a module that is not there."""
        package = fullname.partition(".")[0]
        if package in PACKAGES and fullname != package:
            there = ", ".join(f"{package}.{module}" for module in MODULES[package].split(", "))
            raise ModuleNotFoundError(lacking(f"module {fullname}", there), name=fullname)
        return None


sys.meta_path.append(Missing())
