"""The event loop of a process: Python's own, which waits by sleeping.

Pyodide puts a loop of its own behind `asyncio`, which never ends and runs between the turns of
JavaScript's. What a process raises in it, `SystemExit` for one, would fall out of Python. Here
`asyncio.run` is the library's again, with a loop that needs nothing of an operating system: there are no
sockets to watch, and no other threads to wake it.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, cast

# Pyodide's own `time.sleep`, which lets JavaScript go on meanwhile by its own loop.
_sleep_by_pyodide = time.sleep


class NoSelector:
    """What a loop asks for events of files: there never are any."""

    def select(self, timeout: float | None) -> list[Any]:
        """Wait as long as the loop has nothing to do; without an end where nothing is planned."""
        if timeout is None:
            while True:
                sleep(3600)
        if timeout > 0:
            sleep(timeout)
        return []

    def close(self) -> None:
        """Do nothing: nothing was opened."""


class ProcessEventLoop(asyncio.BaseEventLoop):
    """Runs callbacks and timers, and what is meant for a thread in the one that there is."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = NoSelector()

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        # What wakes a loop that waits in another thread.
        pass

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Call a function at once: a browser has no threads."""
        future: asyncio.Future[Any] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future


def sleep(seconds: float, /) -> None:
    """Sleep, in a function that a loop calls as well: Pyodide's loop has the turn until then."""
    with pyodide_loop():
        _sleep_by_pyodide(seconds)


def suspend(promise: Any) -> object:
    """Wait for a promise of JavaScript's, for which Pyodide asks its own loop."""
    from pyodide.ffi import run_sync  # type: ignore[import-not-found]

    with pyodide_loop():
        return cast("object", run_sync(promise))


@contextmanager
def pyodide_loop() -> Generator[None]:
    """Let Pyodide's loop run in the place of the process's own; only Pyodide has one."""
    if _pyodide_loop is None:
        yield
        return
    running = asyncio._get_running_loop()
    task = asyncio.current_task(running) if running is not None else None
    hooks = sys.get_asyncgen_hooks()
    if running is not None and task is not None:
        asyncio._leave_task(running, task)
    asyncio._set_running_loop(_pyodide_loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(running)
        sys.set_asyncgen_hooks(*hooks)
        if running is not None and task is not None:
            asyncio._enter_task(running, task)


def _find_pyodide_loop() -> asyncio.AbstractEventLoop | None:
    """Return the loop that Pyodide has made; None in a Python that has an operating system."""
    # In a boot image nothing runs; what Pyodide answers there is the loop all the same.
    return asyncio.get_event_loop() if sys.platform == "emscripten" else None


_pyodide_loop = _find_pyodide_loop()


def use_process_loop() -> None:
    """Let `asyncio` be as it is in a process that has just begun: `run` makes a loop and ends it."""
    if _pyodide_loop is None or sys.modules.get("asyncio") is not asyncio:
        return
    asyncio.run = asyncio.runners.run
    base: type[Any] = vars(asyncio.events)["_BaseDefaultEventLoopPolicy"]
    policy = type("DefaultEventLoopPolicy", (base,), {"_loop_factory": ProcessEventLoop})
    asyncio.events.__dict__["_event_loop_policy"] = policy()
    time.sleep = sleep


def leave_pyodide_loop() -> None:
    """Let no loop run. Each call into Python has a thread state of its own, made after its caller's."""
    if _pyodide_loop is not None:
        asyncio._set_running_loop(None)
