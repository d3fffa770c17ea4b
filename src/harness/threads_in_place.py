"""Threads of a brought runtime, where there is one thread: their work is done where somebody waits for it.

A thread pool does its work at once. A thread of its own does it when it is joined, asked whether it is
alive, or when the program would wait for a lock, a queue or an event: one that nobody waits for never runs.
"""

from __future__ import annotations

import _thread
import sys
import threading
from collections.abc import Callable
from types import FrameType, ModuleType
from typing import Any

_getframe = sys._getframe  # pyright: ignore[reportPrivateUsage]

Note = Callable[[str, str], None]
IsRuntime = Callable[[FrameType | None], bool]


class Parked(BaseException):
    """Unwinds the work of a thread that waits for something which nobody will ever do."""


class Work:
    """What a thread has been given to do: takes the place of the thread's handle."""

    def __init__(self, threads: Threads, thread: threading.Thread) -> None:
        self._threads = threads
        self._thread = thread
        self._state = "new"
        self.ident = 0

    def is_done(self) -> bool:
        """Do it, if it is not being done; tell whether it is over."""
        self.do()
        return self._state == "done"

    def join(self, _timeout: float | None = None) -> None:
        """Do it, if it is not being done."""
        self.do()

    def do(self) -> None:
        """Do it once."""
        if self._state != "new":
            return
        self._state = "under way"
        try:
            self._threads.run(self._thread)
        finally:
            self._state = "done"


class Threads:
    """The threads that the runtime has started and whose work is not done."""

    def __init__(self) -> None:
        self._waiting: list[Work] = []
        self._depth = 0
        self._active: dict[int, threading.Thread] = vars(threading)["_active"]

    def take(self, thread: threading.Thread) -> None:
        """Let a thread count as started."""
        work = Work(self, thread)
        vars(thread)["_os_thread_handle"] = work
        vars(thread)["_started"].set()
        # What goes off by the clock is nobody's wait.
        if not isinstance(thread, threading.Timer):
            self._waiting.append(work)

    def do_all(self) -> bool:
        """Do what is left to do; tell whether there was anything."""
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work.do()
        return bool(waiting)

    def wait_in_vain(self) -> None:
        """End the work of the thread that would wait for ever; raise RuntimeError where it is the program."""
        if self._depth:
            raise Parked
        raise RuntimeError("this would wait for ever: there is no other thread")

    def call(self, function: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Do what a thread without an object of its own is given."""
        self._depth += 1
        try:
            function(*args, **kwargs)
        except (Parked, SystemExit):
            pass
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
        finally:
            self._depth -= 1

    def run(self, thread: threading.Thread) -> None:
        """Do a thread's work here, as that thread."""
        number = threading.get_ident()
        main = self._active.get(number)
        self._active[number] = thread
        self._depth += 1
        try:
            thread.run()
        except Parked:
            pass
        except (Exception, SystemExit):
            vars(thread)["_invoke_excepthook"](thread)
        finally:
            self._depth -= 1
            if main is not None:
                self._active[number] = main


def change_threads(is_runtime: IsRuntime, note: Note) -> Callable[[ModuleType], None]:
    """Return what changes `threading`."""

    def change(module: Any) -> None:
        threads = Threads()
        plain_start = module.Thread.start
        plain_new_thread = _thread.start_new_thread

        def start_new_thread(function: Any, args: Any, kwargs: Any = None, /) -> int:
            if not is_runtime(_getframe(1)):
                return int(plain_new_thread(function, args, kwargs or {}))
            note("inPlace", "_thread.start_new_thread")
            # A lock of its own is waited for in C, where nobody sees it: this is done at once.
            threads.call(function, args, kwargs or {})
            return threading.get_ident() + 1

        plain_wait = module.Condition.wait

        def start(self: Any) -> None:
            if self._started.is_set() or not is_runtime(_getframe(1)):
                plain_start(self)
                return
            note("whenWaited", f"{type(self).__name__}.start")
            threads.take(self)

        def wait(self: Any, timeout: float | None = None) -> bool:
            if not self._is_owned():
                raise RuntimeError("cannot wait on un-acquired lock")
            saved = self._release_save()
            try:
                if threads.do_all():
                    # Who waits looks again whether there is still something to wait for.
                    return True
                if timeout is None:
                    threads.wait_in_vain()
            finally:
                self._acquire_restore(saved)
            return bool(plain_wait(self, timeout))

        def wait_for_event(self: Any, timeout: float | None = None) -> bool:
            if not self.is_set():
                threads.do_all()
            return bool(plain_event_wait(self, timeout))

        plain_event_wait = module.Event.wait
        _thread.start_new_thread = start_new_thread
        module.Thread.start = start
        module.Condition.wait = wait
        module.Event.wait = wait_for_event

    return change


def change_pools(is_runtime: IsRuntime, note: Note) -> Callable[[ModuleType], None]:
    """Return what changes `concurrent.futures.thread`."""

    def change(module: Any) -> None:
        executor = module.ThreadPoolExecutor
        plain = executor.submit
        future_class = module._base.Future

        def submit(self: Any, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
            if self._shutdown or not is_runtime(_getframe(1)):
                return plain(self, fn, *args, **kwargs)
            note("inPlace", "ThreadPoolExecutor.submit")
            future = future_class()
            future.set_running_or_notify_cancel()
            try:
                value = fn(*args, **kwargs)
            except BaseException as error:
                # As a worker does: whoever asks for the result meets it.
                future.set_exception(error)
            else:
                future.set_result(value)
            return future

        submit.__doc__ = plain.__doc__
        executor.submit = submit

    return change
