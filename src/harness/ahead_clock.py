"""Waits in a process whose clock runs ahead: they take no time, and its clocks show that they are over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

from harness import event_loop

# Longer than this no clock can be moved on.
LONGEST = 10**9


def go_ahead(skip: Callable[[float], object]) -> None:
    """Let each sleep of the process `skip` so many milliseconds of its clock, and each wait with an end."""
    loop: dict[str, Any] = event_loop.__dict__
    sleep_by_pyodide = loop["_sleep_by_pyodide"]

    def skip_over(seconds: object) -> bool:
        if isinstance(seconds, (int, float)) and 0 < seconds < LONGEST:
            skip(float(seconds) * 1000)
            return True
        return False

    def sleep(seconds: Any) -> None:
        # What is no time to sleep is refused in Python's words.
        if not skip_over(seconds):
            sleep_by_pyodide(seconds)

    loop["_sleep_by_pyodide"] = sleep

    # Events, queues and semaphores of the library wait here; with one thread they wait in vain.
    wait_for_others = threading.Condition.wait

    @wraps(wait_for_others)
    def wait(self: threading.Condition, timeout: float | None = None) -> bool:
        return wait_for_others(self, 0 if skip_over(timeout) else timeout)

    threading.Condition.wait = wait  # type: ignore[method-assign]
