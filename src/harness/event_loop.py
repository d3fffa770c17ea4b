"""The event loop of a process: Python's own, which waits by sleeping.

Pyodide puts a loop of its own behind `asyncio`, which never ends and runs between the turns of
JavaScript's. What a process raises in it, `SystemExit` for one, would fall out of Python. Here
`asyncio.run` is the library's again, with its own loop, less what that needs of an operating system: there
are no sockets to watch, and no other threads to wake it.
"""

from __future__ import annotations

import asyncio
import asyncio.unix_events
import operator
import selectors
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, cast

from harness.signals import Signals

_SelectorBase: Any = vars(selectors)["_BaseSelectorImpl"]

# Pyodide's own `time.sleep`, which lets JavaScript go on meanwhile by its own loop.
_sleep_by_pyodide = time.sleep


class NoSelector(_SelectorBase):
    """What a loop asks for events of files: there never are any, however many it watches."""

    def select(self, timeout: float | None = None) -> list[Any]:
        """Wait as long as the loop has nothing to do, or until a signal.

        Where nothing is planned, that is without an end.
        """
        seconds = FOREVER if timeout is None else timeout
        if seconds > 0:
            _wait(seconds, until_signal=True)
        return []


FOREVER = 3600.0


def _make_plain(loop: Any) -> None:
    """Let Python's own loop need nothing of an operating system, nor a thread."""
    begin = loop.__init__

    def __init__(self: Any, selector: object = None) -> None:
        begin(self, NoSelector())

    def nothing(self: Any) -> None:
        pass

    def run_in_executor(
        self: Any, executor: object, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Call a function at once: a browser has no threads."""
        self._check_closed()
        future: asyncio.Future[Any] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def add_signal_handler(self: Any, sig: int, callback: Callable[..., Any], *args: Any) -> None:
        """Call back in the loop when a signal comes."""
        self._check_signal(sig)
        self._check_closed()
        handle = asyncio.Handle(callback, args, self, None)
        self._signal_handlers[sig] = handle
        signal.signal(sig, lambda number, _frame: self._handle_signal(number))

    def remove_signal_handler(self: Any, sig: int) -> bool:
        """Let a signal do what it does by itself; False where nothing was called back."""
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        return True

    own = (__init__, run_in_executor, add_signal_handler, remove_signal_handler)
    for function in own:
        setattr(loop, function.__name__, function)
    # What wakes a loop that waits in another thread.
    for name in ("_make_self_pipe", "_close_self_pipe", "_write_to_self"):
        setattr(loop, name, nothing)


def sleep(seconds: float, /) -> None:
    """Sleep as `time.sleep` does; the signals of timers come at their time."""
    if isinstance(seconds, float):
        if seconds != seconds:
            raise ValueError("Invalid value NaN (not a number)")
    else:
        operator.index(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _wait(seconds)


def _wait(seconds: float, until_signal: bool = False) -> None:
    if _signals is None:
        plain_sleep(seconds)
    else:
        _signals.wait(seconds, until_signal)


def plain_sleep(seconds: float) -> None:
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


# The process's own, once it has begun.
_signals: Signals | None = None


def use_process_loop(signals: Signals) -> None:
    """Let `asyncio` be as it is in a process that has just begun: `run` makes a loop and ends it.

    `signals` come in its sleeps, too.
    """
    global _signals
    _signals = signals
    time.sleep = sleep
    asyncio.run = asyncio.runners.run
    _make_plain(vars(asyncio.unix_events)["_UnixSelectorEventLoop"])
    # Python makes its own when it is asked for one.
    asyncio.events.__dict__["_event_loop_policy"] = None


def leave_pyodide_loop() -> None:
    """Let no loop run. Each call into Python has a thread state of its own, made after its caller's."""
    if _pyodide_loop is not None:
        asyncio._set_running_loop(None)
