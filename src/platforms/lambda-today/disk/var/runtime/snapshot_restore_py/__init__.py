# SPDX-License-Identifier: Apache-2.0
"""A stand-in for the package of this name: registers functions to call around a snapshot [SRP].

Both functions may stand as decorators, for they give back what they are given.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

# A function and what it is called with, in the order of registration.
Hook = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]

before_snapshot_hooks: list[Hook] = []
after_restore_hooks: list[Hook] = []


def register_before_snapshot(function: Function, *args: Any, **kwargs: Any) -> Function:
    """Have `function` called before the environment is frozen into a snapshot."""
    before_snapshot_hooks.append((function, args, kwargs))
    return function


def register_after_restore(function: Function, *args: Any, **kwargs: Any) -> Function:
    """Have `function` called in each environment that a snapshot has come back to life in."""
    after_restore_hooks.append((function, args, kwargs))
    return function
