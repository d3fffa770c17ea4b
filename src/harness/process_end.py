"""How a process ends, as Python does it: what it says of an error, and what its modules leave behind.

An error that left the outermost frame goes to `sys.excepthook`, which may be the program's own, missing, or
fail itself. When the functions of `atexit` have run, the modules that the program has imported are let go,
and the objects in them are finalized.
"""

from __future__ import annotations

import builtins
import gc
import os
import signal
import sys
import weakref
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from harness import BUILTINS
from harness.own import TracebackException

# Bound here: a reader may put something else in their places.
_write_bytes = os.write
_collect = gc.collect
_refer = weakref.ref

# What Python sets to None before it lets modules go.
LAST_ERROR = ("last_exc", "last_type", "last_value", "last_traceback")
STREAMS = ("stdin", "stdout", "stderr")


class LastWords:
    """Writes what a process says of the error that ended it."""

    def __init__(self, own: Callable[[], str]) -> None:
        """`own` gives the path under which the frames lie that are left out of every trace."""
        self._own = own

    def exit_status(self, error: BaseException | None) -> int:
        """Return the status that an error ends a process with, after writing or calling what Python does."""
        if error is None:
            return 0
        if isinstance(error, SystemExit):
            return self._exit_status(error)
        status = self._call_hook(error)
        if status is not None:
            return status
        # Python lets SIGINT end a process that nobody caught it in: killed by signal 2. Subclasses are
        # errors.
        return -signal.SIGINT if type(error) is KeyboardInterrupt else 1

    def _exit_status(self, error: SystemExit) -> int:
        if error.code is None:
            return 0
        if isinstance(error.code, int):
            # A status is one byte; a number that no machine's integer holds is -1.
            return (error.code if -(2**63) <= error.code < 2**63 else -1) & 0xFF
        _write(f"{_words_of(error.code)}\n")
        return 1

    def _call_hook(self, error: BaseException) -> int | None:
        """Tell an error by `sys.excepthook`; return the status, if the hook itself ends the process."""
        names: dict[str, Any] = sys.__dict__
        if "excepthook" not in names:
            _write("sys.excepthook is missing\n" + self._report(error))
            return None
        hook = names["excepthook"]
        if hook is sys.__excepthook__:
            _write(self._report(error))
            return None
        try:
            hook(type(error), error, error.__traceback__)
        except BaseException as failure:
            # Without this function's own frame.
            failure.__traceback__ = failure.__traceback__ and failure.__traceback__.tb_next
            failed = failure
        else:
            return None
        if isinstance(failed, SystemExit):
            return self._exit_status(failed)
        _write("Error in sys.excepthook:\n" + self._report(failed))
        _write("\nOriginal exception was:\n" + self._report(error))
        return None

    def _report(self, error: BaseException) -> str:
        """Return what Python writes of an error, with the built-in names that it began with.

        Python's own writer is C, and does not ask for any.
        """
        names = builtins.__dict__
        changed = dict(names)
        names.update(BUILTINS)
        try:
            report = TracebackException.from_exception(error)
            self._leave_out_own_frames(report)
            return "".join(report.format())
        except Exception:
            # What else a reader has put into the library's place may fail as well: then without lines of
            # source.
            return self._report_plainly(error)
        finally:
            names.clear()
            names.update(changed)

    def _report_plainly(self, error: BaseException) -> str:
        lines = ["Traceback (most recent call last):"]
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if not code.co_filename.startswith(self._own()):
                lines.append(f'  File "{code.co_filename}", line {trace.tb_lineno}, in {code.co_name}')
            trace = trace.tb_next
        return "\n".join([*lines, f"{type(error).__name__}: {_words_of(error)}"]) + "\n"

    def _leave_out_own_frames(self, report: Any) -> None:
        """Take the frames by which native functions are played out of a trace, and out of those behind it."""
        if report is None:
            return
        report.stack[:] = [frame for frame in report.stack if not frame.filename.startswith(self._own())]
        for other in (report.__cause__, report.__context__, *(report.exceptions or ())):
            self._leave_out_own_frames(other)


class Modules:
    """The modules that a program imports, from the moment this is made."""

    def __init__(self, library: tuple[str, ...]) -> None:
        """Modules whose files lie under `library` are Python's own, and stay."""
        self._library = library
        # Python's own, whatever name a program gives to something else.
        self._modules = sys.modules
        self._before = dict(self._modules)

    def let_go(self) -> None:
        """Forget them as Python does when it ends: what is in them is finalized.

        Most of it goes with its module at once. What something else still holds loses its names, the module
        that was imported last first.
        """
        forget_error()
        for name in STREAMS:
            setattr(sys, name, getattr(sys, f"__{name}__", None))
        # What was garbage before, as long as the modules are whole.
        _collect()
        left = [_refer(self._modules[name]) for name in self._names()]
        builtins.__dict__.update(BUILTINS)
        for name in builtins.__dict__.keys() - BUILTINS.keys():
            del builtins.__dict__[name]
        kept = {name: module for name, module in self._modules.items() if self._before.get(name) is module}
        finders = sys.__dict__.get("meta_path")
        # From here on a process can import nothing any more.
        self._modules.clear()
        sys.__dict__["meta_path"] = None
        try:
            _collect()
            for reference in reversed(left):
                module = reference()
                if module is not None:
                    _clear(vars(module))
            _collect()
        finally:
            self._modules.update(kept)
            sys.__dict__["meta_path"] = finders

    def _names(self) -> Iterable[str]:
        # A program may put anything there.
        modules: list[tuple[str, object]] = list(self._modules.items())
        return [
            name
            for name, module in modules
            if issubclass(type(module), ModuleType)
            and self._before.get(name) is not module
            and (name == "__main__" or self._is_program_s(module))
        ]

    def _is_program_s(self, module: object) -> bool:
        file = vars(module).get("__file__")
        return isinstance(file, str) and not file.startswith(self._library)


def forget_error() -> None:
    """Let go of the error that ended the process, and of the frames that it came through."""
    for name in LAST_ERROR:
        sys.__dict__.pop(name, None)


def _clear(names: dict[str, Any]) -> None:
    """Take the values away from a module's names: first the names that begin with one underscore."""
    for name in list(names):
        if name.startswith("_") and not name.startswith("__"):
            names[name] = None
    for name in list(names):
        if name != "__builtins__":
            names[name] = None


def _words_of(code: object) -> str:
    try:
        return str(code)
    except Exception:  # Python, too, writes nothing then but the end of the line
        return ""


def _write(text: str) -> None:
    """Write to the process's own stderr: the script's replacement may be what failed."""
    _write_bytes(2, text.encode("utf-8", "backslashreplace"))
