"""A runtime that somebody has brought: what this Python lacks of the one it was made for.

Machine code of another Python, modules and names that have left the library, parts of the library that a
browser has not, threads: the runtime asks for them, and gets a stand-in or what Python says where there is no
such thing. Each is told once, with the frame that asked.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import FrameType, ModuleType
from typing import Any

from harness import linux_library, log_descriptor, old_library, sockets_across, threads_in_place
from harness.absences import Finder, WhenImported, is_within

_getframe = sys._getframe  # pyright: ignore[reportPrivateUsage]


class Brought:
    """Tells what a brought runtime asks for."""

    def __init__(
        self, python: str | None, places: Sequence[str], tell: Callable[[dict[str, Any]], None]
    ) -> None:
        """`python` is the release that it was made for, if that is known.

        `places` are those of the runtime's code; `tell` takes an event of the trace.
        """
        self.library = old_library.Library(python)
        self.places = tuple(places)
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
        return asking is not None and asking.f_code.co_filename.startswith(self.places)

    def is_asked_by_runtime(self) -> bool:
        """Tell whether what happens now was asked for by the runtime's own code."""
        return self.is_runtime(_getframe(1))

    def placed(self, event: dict[str, Any]) -> dict[str, Any]:
        """Return an event with the frame that has brought it about, if it is the runtime's."""
        asking = _asking(_getframe(1))
        return {**event, "at": _place_of(asking)} if self.is_runtime(asking) else event

    def over(self, border: Any) -> Crossing:
        """Return the border as the stand-ins of native modules cross it."""
        return Crossing(border)

    def offer_names(self, module: ModuleType) -> None:
        """Let a module of the library have the names that it had once, or has on Linux."""
        name = module.__name__
        old, linux = self.library.names(name), linux_library.NAMES.get(name, {})
        before: Callable[[str], Any] | None = vars(module).get("__getattr__")

        def __getattr__(asked: str) -> Any:
            # Python looks whether there is such a name before it asks for it.
            is_asked = not is_within(_getframe(1).f_code.co_filename)
            if asked in old:
                try:
                    found = old_library.find(old[asked])
                except KeyError:
                    if is_asked:
                        self.note("leftName", f"{name}.{asked}")
                else:
                    if is_asked:
                        self.note("standIn", f"{name}.{asked}")
                    return found
            elif asked in linux:
                if is_asked:
                    self.note("noName", f"{name}.{asked}")
                number = linux[asked]
                if number is not None:
                    return number
            elif before is not None:
                return before(asked)
            raise AttributeError(f"module {name!r} has no attribute {asked!r}")

        vars(module)["__getattr__"] = __getattr__


class Headers(dict[str, str]):
    """What an invocation is told with: whoever asks for a name may spell it as HTTP or in lower case."""

    def __missing__(self, name: str) -> str:
        """Return the value of the name in lower case."""
        lower = name.lower() if type(name) is str else name
        if lower == name:
            raise KeyError(name)
        return self[lower]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a header."""
        return super().__contains__(name) or (type(name) is str and super().__contains__(name.lower()))

    def get(self, name: str, default: Any = None, /) -> Any:
        """Return a header's value, or the default where there is none."""
        try:
            return self[name]
        except KeyError:
            return default


class Crossing:
    """The border as a native client of C would take its arguments: bytes of any kind, and text."""

    def __init__(self, border: Any) -> None:
        self._border = border

    def cross(self, module: str, name: str, args: Sequence[Any]) -> Any:
        """Return the far side's value."""
        is_client = module.rpartition(".")[2] == "runtime_client"
        taken = [_to_bytes(one, is_client and at == 1) for at, one in enumerate(args)]
        value = self._border.cross(module, name, taken)
        if is_client and name == "next":
            body, headers = value
            return body, Headers(headers)
        return value


def _to_bytes(value: Any, is_body: bool) -> Any:
    if type(value) in (bytearray, memoryview):
        return bytes(value)
    return value.encode("utf-8", "surrogatepass") if is_body and isinstance(value, str) else value


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
        if self._brought.library.stand_in(fullname) is not None:
            note("standIn", fullname)
            return self._spec_of(fullname)
        if fullname in linux_library.STAND_INS and self._brought.is_runtime(_getframe(1)):
            note("lent", fullname)
            return self._spec_of(fullname)
        if fullname in self._image["native"]:
            note("native", fullname)
        elif fullname in self._image["compiled"]:
            note("compiled", fullname)
        elif fullname in old_library.LEFT:
            note("left", fullname)
        return None

    def _spec_of(self, fullname: str) -> ModuleSpec:
        return ModuleSpec(fullname, self, is_package=fullname in old_library.PACKAGES)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave the making of the module to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give a stand-in its functions; whoever asks for others is told that there are none."""
        name = module.__name__
        fill = self._brought.library.stand_in(name) or linux_library.STAND_INS[name]
        fill(module)
        brought = self._brought

        def __getattr__(asked: str) -> Any:
            if not asked.startswith("__"):
                brought.note("leftName", f"{name}.{asked}")
            raise AttributeError(f"module {name!r} has no attribute {asked!r}")

        vars(module)["__getattr__"] = __getattr__


def take_in(image: Mapping[str, Any], brought: Brought) -> None:
    """Let this Python be one that the brought runtime can run in."""
    for folder in image["path"]:
        if folder not in sys.path:
            sys.path.append(folder)
    # What is lent is not missing.
    places_of_last = [at for at, finder in enumerate(sys.meta_path) if isinstance(finder, Finder)]
    last = places_of_last[0] if places_of_last else len(sys.meta_path)
    sys.meta_path.insert(last, LastFinder(image, brought))
    # What today's Python says of a source, an older one did not: these were written for that.
    places = "|".join(map(re.escape, [*brought.places, *image["path"]]))
    warnings.filterwarnings("ignore", category=SyntaxWarning, module=f"(?:{places})")
    for category in (DeprecationWarning, PendingDeprecationWarning):
        warnings.filterwarnings("ignore", category=category, module="__main__$")
    is_runtime, note = brought.is_runtime, brought.note
    changes: dict[str, list[Callable[[ModuleType], None]]] = {
        "concurrent.futures.thread": [threads_in_place.change_pools(is_runtime, note)],
        "threading": [threads_in_place.change_threads(is_runtime, note)],
    }
    for name in old_library.NAMES.keys() | linux_library.NAMES.keys():
        changes.setdefault(name, []).append(brought.offer_names)
    for name in old_library.ARGUMENTS:
        changes.setdefault(name, []).append(lambda module: brought.library.take_old_arguments(module, note))
    changes["asyncio"].append(lambda module: brought.library.keep_a_loop(module, note))
    sys.meta_path.insert(0, WhenImported({name: _all_of(some) for name, some in changes.items()}))
    linux_library.watch_for_machine_files(brought.is_asked_by_runtime, note)
    for source in image["sources"]:
        _compile(source, brought)


def _all_of(changes: Sequence[Callable[[ModuleType], None]]) -> Callable[[ModuleType], None]:
    def change(module: ModuleType) -> None:
        for one in changes:
            one(module)

    return change


def cross_any_way(border: Any, selector: Any, address: str | None, descriptor: str | None) -> None:
    """Let the runtime reach the server beside it, and the descriptor of its log, however it does.

    `selector` is the class that loops of `asyncio` ask for events.
    """
    host, _, port = (address or "").rpartition(":")
    if port.isdigit():
        import socket

        def exchange(sent: bytes) -> bytes:
            answer: bytes = border.cross("socket", "exchange", (sent,))
            return answer

        sockets_across.connect_sockets(socket, (host, int(port)), exchange, selector)
    if descriptor is not None and descriptor.isdigit():
        log_descriptor.write_any_way(int(descriptor))


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
