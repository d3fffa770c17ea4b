"""Sleeps in a process whose clock runs ahead: they take no time, and its clocks show that they are over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness import event_loop

# Longer than this no clock can be moved on.
LONGEST = 10**9


def go_ahead(skip: Callable[[float], object]) -> None:
    """Let each sleep of the process `skip` so many milliseconds of its clock."""
    loop: dict[str, Any] = event_loop.__dict__
    sleep_by_pyodide = loop["_sleep_by_pyodide"]

    def sleep(seconds: Any) -> None:
        # What is no time to sleep is refused in Python's words.
        if isinstance(seconds, (int, float)) and 0 < seconds < LONGEST:
            skip(float(seconds) * 1000)
        else:
            sleep_by_pyodide(seconds)

    loop["_sleep_by_pyodide"] = sleep
