"""A runtime that somebody has brought: what this Python lacks of the one it was made for.

Machine code of another Python, modules that have left the library, threads: the runtime asks for them, and
gets a stand-in or what Python says where there is no such thing. Each is told once, with the frame that
asked.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import FrameType, ModuleType
from typing import Any

from harness import old_imports
from harness.absences import WhenImported, is_within

# What a Python from 3.6 on had and 3.14 has not.
LEFT_NAMES = (
    "_bootlocale _dummy_threading aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils "
    "dummy_threading formatter fpectl imghdr imp lib2to3 macpath macurl2path mailcap msilib nis nntplib "
    "ossaudiodev parser pipes smtpd sndhdr spwd sunau symbol telnetlib uu xdrlib"
)
LEFT = frozenset(LEFT_NAMES.split())
STAND_INS: Mapping[str, Callable[[ModuleType], None]] = {"imp": old_imports.fill}

_getframe = sys._getframe  # pyright: ignore[reportPrivateUsage]


class Brought:
    """Tells what a brought runtime asks for."""

    def __init__(self, places: Sequence[str], tell: Callable[[dict[str, Any]], None]) -> None:
        """`places` are those of the runtime's code; `tell` takes an event of the trace."""
        self._places = tuple(places)
        self._tell = tell
        self._told: set[tuple[str, str]] = set()

    def note(self, what: str, name: str, at: dict[str, Any] | None = None) -> None:
        """Tell once that the program asked for a thing of a kind."""
        if (what, name) in self._told:
            return
        self._told.add((what, name))
        at = at or _place_of(_asking(_getframe(1)))
        self._tell({"kind": "note", "what": what, "name": name, "at": at})

    def missing(self, module: str, name: str) -> None:
        """Tell that a native module was asked for a function that its stand-in has not."""
        if not name.startswith("__"):
            self.note("function", f"{module}.{name}")

    def is_runtime(self, frame: FrameType | None) -> bool:
        """Tell whether the runtime's own code asks, and not the function's."""
        asking = _asking(frame)
        return asking is not None and asking.f_code.co_filename.startswith(self._places)


def _asking(frame: FrameType | None) -> FrameType | None:
    """Return the nearest frame that is neither Python's own nor ours."""
    while frame is not None and is_within(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def _place_of(frame: FrameType | None) -> dict[str, Any] | None:
    if frame is None:
        return None
    return {"file": frame.f_code.co_filename, "line": frame.f_lineno or 0, "name": frame.f_code.co_name}


class LastFinder(MetaPathFinder, Loader):
    """Stands behind Python's own finders: knows the dump's other folders, and why a module is not there."""

    def __init__(self, image: Mapping[str, Any], brought: Brought) -> None:
        """`image` is what the platform's description says of the runtime."""
        self._image = image
        self._brought = brought

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module of the dump or of a stand-in; tell of one that cannot be had."""
        if path is None:
            # The runtime may have made its own path, for the Python that it was made for.
            found = PathFinder.find_spec(fullname, self._image["path"], target)
            if found is not None:
                return found
        note = self._brought.note
        if fullname in STAND_INS:
            note("standIn", fullname)
            return ModuleSpec(fullname, self)
        if fullname in self._image["native"]:
            note("native", fullname)
        elif fullname in self._image["compiled"]:
            note("compiled", fullname)
        elif fullname in LEFT:
            note("left", fullname)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave the making of the module to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give a stand-in its functions."""
        STAND_INS[module.__name__](module)


def take_in(image: Mapping[str, Any], brought: Brought) -> None:
    """Let this Python be one that the brought runtime can run in."""
    for folder in image["path"]:
        if folder not in sys.path:
            sys.path.append(folder)
    sys.meta_path.append(LastFinder(image, brought))
    for source in image["sources"]:
        _compile(source, brought)


def run_threads_in_place(brought: Brought) -> None:
    """Let a thread pool of the runtime do its work at once, in the thread that there is."""

    def change(module: ModuleType) -> None:
        _run_in_place(brought, module)

    sys.meta_path.insert(0, WhenImported({"concurrent.futures.thread": change}))


def _run_in_place(brought: Brought, module: Any) -> None:
    executor = module.ThreadPoolExecutor
    plain = executor.submit
    future_class = module._base.Future

    def submit(self: Any, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if self._shutdown or not brought.is_runtime(_getframe(1)):
            return plain(self, fn, *args, **kwargs)
        brought.note("inPlace", "ThreadPoolExecutor.submit")
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


def _compile(source: str, brought: Brought) -> None:
    try:
        with open(source, "rb") as file:
            text = file.read()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, source, "exec", dont_inherit=True)
    except SyntaxError as error:
        brought.note("syntax", error.msg, {"file": source, "line": error.lineno or 0, "name": ""})
    except (ValueError, RecursionError, MemoryError, OSError) as error:
        brought.note("syntax", str(error), {"file": source, "line": 0, "name": ""})
