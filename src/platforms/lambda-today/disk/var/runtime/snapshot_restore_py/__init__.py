# SPDX-License-Identifier: Apache-2.0
"""A stand-in for the package of this name: registers functions to call around a snapshot [SRP].

Both functions that register may stand as decorators, for they give back what they are given.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

# A function and what it is called with, in the order of registration.
Hook = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]

_before_snapshot: list[Hook] = []
_after_restore: list[Hook] = []


def register_before_snapshot(function: Function, *args: Any, **kwargs: Any) -> Function:
    """Have `function` called before the environment is frozen into a snapshot."""
    _before_snapshot.append((function, args, kwargs))
    return function


def register_after_restore(function: Function, *args: Any, **kwargs: Any) -> Function:
    """Have `function` called in each environment that a snapshot has come back to life in."""
    _after_restore.append((function, args, kwargs))
    return function


def get_before_snapshot() -> list[Hook]:
    """Return what is to be called before the snapshot. Inferred: in the order of registration."""
    return _before_snapshot


def get_after_restore() -> list[Hook]:
    """Return what is to be called after a restore, in the order of registration."""
    return _after_restore
