"""Signals that a process sends itself: its timers, which a browser's Python lacks, and what they end.

`signal.alarm` and `signal.setitimer` are there, and go off as on Linux: in the midst of a computation,
because Python asks JavaScript every few instructions whether a signal has come (`sandbox/alarm-clock.ts`),
and in a sleep, which looks ahead. A signal comes between two instructions of the program, never in code of
the lab's.

Inferred: what is due while the process waits for its next invocation comes when that has been handed out.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
import time
from collections.abc import Callable, Collection
from operator import index
from types import FrameType
from typing import Any

# What the lab's own code is compiled under.
OWN = "/harness/"

# Written in C; `signal` is made of it.
_signal: Any = importlib.import_module("_signal")
_monotonic = time.monotonic
_set_handler: Callable[[int, Any], Any] = _signal.signal
_handler_of: Callable[[int], Any] = _signal.getsignal
_raise: Callable[[int], None] = _signal.raise_signal

Handler = Callable[[int, FrameType | None], Any]

# The signal of each kind of timer. The last two count the process's own time, which is the same here.
TIMERS = {_signal.ITIMER_REAL: _signal.SIGALRM, _signal.ITIMER_VIRTUAL: 26, _signal.ITIMER_PROF: 27}
# Milliseconds after which a signal is tried again that has come in the midst of the lab's code.
SOON = 2.0
UNCATCHABLE = (_signal.SIGKILL, _signal.SIGSTOP)
# What does nothing, or stops the process and lets it go on, unless the process has asked for anything else.
HARMLESS = {
    _signal.SIGCHLD,
    _signal.SIGCONT,
    _signal.SIGSTOP,
    _signal.SIGTSTP,
    _signal.SIGTTIN,
    _signal.SIGTTOU,
    _signal.SIGURG,
    _signal.SIGWINCH,
}


class Timer:
    """A moment at which a signal is due, again and again where there is an interval."""

    def __init__(self) -> None:
        self.at: float | None = None
        self.interval = 0.0

    def left(self) -> float:
        """Return the seconds until then: next to none where it is late, none where there is no moment."""
        return 0.0 if self.at is None else max(self.at - _monotonic(), 1e-6)

    def set(self, seconds: float, interval: float) -> None:
        """Let it be due in so many seconds; 0 calls it off."""
        self.at = _monotonic() + seconds if seconds > 0 else None
        self.interval = interval if seconds > 0 else 0.0

    def went_off(self) -> None:
        """Take the next moment, or none."""
        if self.at is None or self.interval <= 0:
            self.at = None
            return
        # What was missed meanwhile comes as one.
        now = _monotonic()
        while self.at <= now:
            self.at += self.interval


class Signals:
    """The signals of one process."""

    def __init__(
        self,
        ring: Callable[[float | None, int], object],
        end: Callable[[int], None],
        sleep: Callable[[float], None],
    ) -> None:
        """`ring` asks JavaScript to send a signal in so many milliseconds, None: not to.

        `end` ends the process, `sleep` sleeps whatever comes.
        """
        self._sleep_anyhow = sleep
        self._is_asleep = False
        self._ring = ring
        self._end = end
        self._timers = {signal: Timer() for signal in TIMERS.values()}
        self._chosen: dict[int, Any] = dict.fromkeys(self._timers, _signal.SIG_DFL)
        self._delivered = 0

    # ---- What `signal` offers ----

    def alarm(self, seconds: int, /) -> int:
        """Let SIGALRM come in so many seconds; return what was left of an earlier call, in whole seconds."""
        left, _ = self._set(_signal.SIGALRM, index(seconds), 0.0)
        # As Linux rounds it: to the nearest, and never down to none.
        return max(1, int(left + 0.5)) if left > 0 else 0

    def setitimer(self, which: int, seconds: float, interval: float = 0.0, /) -> tuple[float, float]:
        """Let the signal of a timer come, and come again; return what was set before."""
        signal = self._signal_of(which)
        if seconds < 0 or interval < 0:
            raise _signal.ItimerError(errno.EINVAL, os.strerror(errno.EINVAL))
        return self._set(signal, float(seconds), float(interval))

    def getitimer(self, which: int, /) -> tuple[float, float]:
        """Return when the signal of a timer comes, and after how long again."""
        timer = self._timers[self._signal_of(which)]
        return timer.left(), timer.interval

    def pause(self) -> None:
        """Wait until a signal has been handled."""
        before = self._delivered
        while self._delivered == before:
            self.wait(3600, until_signal=True)

    def signal(self, number: int, handler: Any, /) -> Any:
        """Choose what a signal does; return what it did."""
        number = index(number)
        if number in UNCATCHABLE:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        if number not in self._chosen:
            return _set_handler(number, handler)
        if not callable(handler) and handler not in (_signal.SIG_DFL, _signal.SIG_IGN):
            return _set_handler(number, handler)
        before, self._chosen[number] = self._chosen[number], handler
        return before

    def getsignal(self, number: int, /) -> Any:
        """Return what a signal does."""
        return self._chosen[number] if number in self._chosen else _handler_of(number)

    def raise_signal(self, number: int, /) -> None:
        """Send a signal to this process."""
        number = index(number)
        if number in self._chosen:
            self._deliver(number, _frame_of_program())
        elif number in HARMLESS or _handler_of(number) not in (_signal.SIG_DFL, None):
            _raise(number)
        elif 0 < number < _signal.NSIG:
            self._end(-number)
        else:
            _raise(number)

    def pthread_kill(self, _thread: int, number: int, /) -> None:
        """Send a signal to a thread: there is one."""
        if number:
            self.raise_signal(number)

    # ---- When one is due ----

    def wait(self, seconds: float, until_signal: bool = False) -> None:
        """Sleep; signals come at their time, and the sleep goes on behind their handlers.

        With `until_signal` it ends there.
        """
        end: float | None = None
        while (due := self._next()) is not None:
            now = _monotonic()
            end = now + seconds if end is None else end
            if due[0] >= end:
                break
            self._sleep(max(0.0, due[0] - now))
            if self._is_due(due[1]):
                self._deliver(due[1], _frame_of_program())
                if until_signal:
                    return
        self._sleep(seconds if end is None else max(0.0, end - _monotonic()))

    def _sleep(self, seconds: float) -> None:
        self._is_asleep = True
        try:
            self._sleep_anyhow(seconds)
        finally:
            self._is_asleep = False
            if self._next() is not None:
                self._wind()

    def _set(self, signal: int, seconds: float, interval: float) -> tuple[float, float]:
        timer = self._timers[signal]
        before = timer.left(), timer.interval
        timer.set(seconds, interval)
        # From now on Python calls it, whatever the program has chosen.
        _set_handler(signal, self._arrived)
        self._wind()
        return before

    def _signal_of(self, which: int) -> int:
        signal = TIMERS.get(index(which))
        if signal is None:
            raise _signal.ItimerError(errno.EINVAL, os.strerror(errno.EINVAL))
        return signal

    def _next(self) -> tuple[float, int] | None:
        return min(((t.at, signal) for signal, t in self._timers.items() if t.at is not None), default=None)

    def _wind(self) -> None:
        due = self._next()
        if due is None:
            self._ring(None, 0)
        else:
            self._ring(max(0.0, (due[0] - _monotonic()) * 1000), due[1])

    def _is_due(self, signal: int) -> bool:
        at = self._timers[signal].at
        return at is not None and at <= _monotonic()

    def _arrived(self, signal: int, frame: FrameType | None) -> None:
        """Deliver a signal where the program is, or a little later: JavaScript has sent it once."""
        if self._is_asleep:
            # What sleeps looks itself; meanwhile JavaScript may be calling other Python.
            return
        if not self._is_due(signal):
            self._wind()
        elif _is_in_lab(frame):
            self._ring(SOON, signal)
        else:
            self._deliver(signal, frame)

    def _deliver(self, signal: int, frame: FrameType | None) -> None:
        if self._is_due(signal):
            self._timers[signal].went_off()
            self._wind()
        self._delivered += 1
        handler = self._chosen[signal]
        if handler == _signal.SIG_DFL:
            self._end(-signal)
        elif handler != _signal.SIG_IGN:
            handler(signal, frame)


def _is_in_lab(frame: FrameType | None) -> bool:
    """Tell whether any frame is the lab's: what is called there must not be interrupted by the program."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(OWN):
            return True
        frame = frame.f_back
    return False


def _frame_of_program() -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame is not None and frame.f_code.co_filename.startswith(OWN):
        frame = frame.f_back
    return frame


# What `signal` has on Linux and a browser's Python has not.
NAMES = ("alarm", "setitimer", "getitimer", "pause", "signal", "getsignal", "raise_signal", "pthread_kill")


def offer_signals(signals: Signals, modules: Collection[Any]) -> None:
    """Let these modules, `_signal` and `signal`, have the functions of a process."""
    for module in modules:
        for name in NAMES:
            # `signal` itself wraps these, and asks the other module each time.
            if module is not _signal and name in ("signal", "getsignal"):
                continue
            function = getattr(signals, name)
            setattr(module, name, function)
        module.SIGCLD = _signal.SIGCHLD
