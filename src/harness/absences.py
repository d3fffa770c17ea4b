"""What a program asks for that a browser has not: noted when it is asked for, whatever becomes of the error.

A handler may catch the error itself, and then no answer tells of it; so the lab is told here, once a run
for each kind. What the program meets is what Python says where there is no such thing, or an OSError in the
lab's words.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType
from typing import Any

# Modules that Python has on Linux and not in a browser, by what they are for; the others are told by their
# names.
KINDS = {"_multiprocessing": "processes", "_posixshmem": "processes", "_ssl": "network", "ssl": "network"}
# Other systems' parts of the library, and those whose absence nobody can notice.
NOT_ON_LINUX = {
    "_aix_support",
    "_android_support",
    "_apple_support",
    "_ios_support",
    "_osx_support",
    "_overlapped",
    "_scproxy",
    "_winapi",
    "_wmi",
    "msvcrt",
    "nt",
    "winreg",
    "winsound",
}

_getframe = sys._getframe  # pyright: ignore[reportPrivateUsage]

# Where Python's own library lies, and where the lab's code.
LIBRARY = ("/lib/python", "<frozen")
# The same where a platform has the library below a prefix of its own, but for its packages.
_below: list[str] = []


def is_within(file: str) -> bool:
    """Tell whether a file is Python's own or the harness's."""
    return file.startswith(OWN) or _is_library(file)


def _is_library(file: str) -> bool:
    if file.startswith(LIBRARY):
        return True
    return any(
        file.startswith(f"{folder}/") and not file.startswith(f"{folder}/site-packages/") for folder in _below
    )


OWN = "/harness/"

# What starts other programs, or this one once more.
PROGRAMS = ("fork", "forkpty", "system", "posix_spawn", "posix_spawnp", "execv", "execve")
NO_PROGRAMS = "this Python runs in a browser, where there are no other programs to start"


class Absences:
    """Tells the lab what is not there."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        """`tell` takes an event of the trace."""
        self._tell = tell
        self._told: set[str] = set()

    def begin(self) -> None:
        """Start a run: what an earlier one asked for is told again."""
        self._told.clear()

    def note(self, what: str, name: str) -> None:
        """Tell that the program asked for a thing of a kind; `name` is what it called or imported."""
        key = f"{what} {name}" if what == "module" else what
        if key in self._told or len(self._told) >= MOST or _is_tried_by_library(_getframe(1)):
            return
        self._told.add(key)
        self._tell({"kind": "absence", "what": what, "name": name})

    def noting(self, what: str, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that notes its call, and then does what `function` does."""

        def call(*args: Any, **kwargs: Any) -> Any:
            self.note(what, name)
            return function(*args, **kwargs)

        call.__name__ = call.__qualname__ = name.rpartition(".")[2]
        return call


# These look whether something is there, and do without.
TRYING = {"ctypes.util", "getpass", "platform", "shutil", "sysconfig", "uuid", "webbrowser"}


def _is_tried_by_library(frame: FrameType | None) -> bool:
    """Tell whether a part of the library that can do without is at work between the program and this call."""
    while frame is not None and is_within(frame.f_code.co_filename):
        if frame.f_globals.get("__name__") in TRYING:
            return True
        frame = frame.f_back
    return False


# Of one run; a program may import a thousand modules that there are not.
MOST = 12


class Finder(MetaPathFinder):
    """Stands behind all others: what comes to it is not there."""

    def __init__(self, absences: Absences) -> None:
        self._absences = absences

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Note a module of Python's that is not in the browser's; find nothing."""
        # Nothing is missing in a package that is there: `from collections import Mapping` asks here, too.
        is_on_linux = fullname in sys.stdlib_module_names and fullname not in NOT_ON_LINUX
        if is_on_linux and _is_asked_by_program(fullname, _getframe(1)):
            self._absences.note(KINDS.get(fullname, "module"), fullname.lstrip("_"))
        return None


def _is_asked_by_program(name: str, frame: FrameType | None) -> bool:
    """Tell whether the program wants the module, and not a part of the library that can do without.

    `ctypes` wants `_ctypes` and cannot: between the program and the import lie then its own frames alone.
    """
    if KINDS.get(name) == "processes":
        return True
    own = name.lstrip("_").partition(".")[0]
    while frame is not None:
        file = frame.f_code.co_filename
        if not is_within(file):
            return True
        module = frame.f_globals.get("__name__")
        if _is_library(file) and str(module).partition(".")[0] not in (own, "importlib"):
            return False
        frame = frame.f_back
    return False


class WhenImported(MetaPathFinder):
    """Changes modules of the library when a program imports them."""

    def __init__(self, changes: dict[str, Callable[[ModuleType], None]]) -> None:
        """Change those that are imported already now; `changes` has a function for each module's name."""
        self._changes = changes
        self._looking = False
        for name, change in changes.items():
            if name in sys.modules:
                change(sys.modules[name])

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec that the others find, with a loader that changes what it has loaded."""
        if fullname not in self._changes or self._looking:
            return None
        self._looking = True
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            self._looking = False
        # A program may have a module of that name itself.
        if spec is not None and spec.loader is not None and _is_library(spec.origin or ""):
            spec.loader = ChangingLoader(spec.loader, self._changes[fullname])
        return spec


class ChangingLoader(Loader):
    """Loads a module as another loader does, and changes it."""

    def __init__(self, loader: Any, change: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._change = change

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave the making of the module to the other loader."""
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Load the module, and change it."""
        spec = module.__spec__
        if spec is not None:
            # A program that looks finds what Python has put there.
            spec.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._change(module)


def watch_for_absences(absences: Absences, library: str | None = None) -> None:
    """Let everything that a browser has not be noted when the program asks for it.

    `library` is the folder of Python's own files where the platform has one.
    """
    if library is not None:
        _below.append(library)
    _watch_threads(absences)
    _watch_programs(absences)
    changes: dict[str, Callable[[ModuleType], None]] = {
        "socket": lambda module: _watch_sockets(absences, module),
        "ssl": lambda module: _note_method(absences, module, "SSLSocket", "do_handshake", "network", "ssl"),
        "subprocess": lambda module: _note_method(
            absences, module, "Popen", "__init__", "processes", "subprocess.Popen"
        ),
        "ctypes": lambda module: _watch_libraries(absences, module),
        "multiprocessing.process": lambda module: _note_method(
            absences, module, "BaseProcess", "start", "processes", "multiprocessing.Process"
        ),
        "concurrent.futures.process": lambda module: _note_method(
            absences, module, "ProcessPoolExecutor", "__init__", "processes", "ProcessPoolExecutor"
        ),
    }
    sys.meta_path.insert(0, WhenImported(changes))
    sys.meta_path.append(Finder(absences))


def _watch_threads(absences: Absences) -> None:
    thread = sys.modules["_thread"]
    library = sys.modules.get("threading")
    for name in ("start_new_thread", "start_new", "start_joinable_thread"):
        start = absences.noting("threads", f"_thread.{name}", getattr(thread, name))
        setattr(thread, name, start)
        if library is not None and hasattr(library, f"_{name}"):
            setattr(library, f"_{name}", start)


def _watch_programs(absences: Absences) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise OSError(errno.ENOSYS, NO_PROGRAMS)

    for module in (os, sys.modules["posix"]):
        for name in PROGRAMS:
            setattr(module, name, absences.noting("processes", f"os.{name}", refuse))
        if not hasattr(module, "register_at_fork"):
            # Whoever finds `fork` takes this for granted.
            module.register_at_fork = lambda **_functions: None  # type: ignore[attr-defined]


def _watch_sockets(absences: Absences, module: Any) -> None:
    # Written in C, where no method can be changed; the library's own class is made from it.
    plain = module.socket.__mro__[1]
    for name in ("connect", "connect_ex", "listen", "sendto"):
        call = absences.noting("network", f"socket.{name}", getattr(plain, name))
        setattr(module.socket, name, call)
    # Options that servers set before they listen.
    for number, name in ((2, "SO_REUSEADDR"), (15, "SO_REUSEPORT")):
        if not hasattr(module, name):
            setattr(module, name, number)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        setattr(module, name, _noting_lookup(absences, name, getattr(module, name)))


def _watch_libraries(absences: Absences, module: Any) -> None:
    load = module._dlopen

    def dlopen(name: Any, *args: Any) -> Any:
        # Of one that has failed, Pyodide says the next time that it is there.
        if name is not None:
            absences.note("module", str(name))
        return load(name, *args)

    module._dlopen = dlopen


def _noting_lookup(absences: Absences, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that looks names up: an address, or the machine's own name, needs no network."""

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(text, str) and text not in ("", "localhost") and not text.replace(".", "").isdigit():
            absences.note("network", f"socket.{name}")
        return function(host, *args, **kwargs)

    look_up.__name__ = look_up.__qualname__ = name
    return look_up


def _note_method(absences: Absences, module: Any, owner: str, method: str, what: str, name: str) -> None:
    kind = getattr(module, owner)
    setattr(kind, method, absences.noting(what, name, getattr(kind, method)))
