"""The few things of the library that the harness cannot do without, in copies of its own.

A reader may replace `json.dumps` or a function of `traceback`: that is a part of what the process does, and
comes out as it would on a machine. What watches the process and tells its end must not be changed by it.
"""

from __future__ import annotations

import importlib
import importlib.util
import linecache
from types import ModuleType
from typing import Any

from harness import BUILTINS


def copy_module(name: str, **others: object) -> ModuleType:
    """Return a module of the library, run once more with built-in names of its own.

    `others` go over what it imports.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ImportError(f"no module named {name}")
    module = importlib.util.module_from_spec(spec)
    module.__dict__["__builtins__"] = BUILTINS
    spec.loader.exec_module(module)
    module.__dict__.update(others)
    return module


_encoder = copy_module("json.encoder")
_scanner = copy_module("json.scanner")
_decoder = copy_module("json.decoder", scanner=_scanner)
# What a program has put there for `traceback` counts, as it does in its process.
_linecache = copy_module("linecache", cache=linecache.cache)
_traceback = copy_module("traceback", linecache=_linecache)

TracebackException: Any = _traceback.TracebackException


def refuse(value: object) -> Any:
    """Say that a value has no form in JSON."""
    raise TypeError(f"{type(value).__name__} does not cross the border")


def dumps(value: object, default: Any = refuse) -> str:
    """Return a value as JSON. Numbers that are none have no form there."""
    return _encoder.JSONEncoder(allow_nan=False, default=default).encode(value)


loads: Any = _decoder.JSONDecoder().decode
