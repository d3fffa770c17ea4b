"""Python's standard library while its archive is still on its way.

A boot image knows which modules the archive has, and holds many of them; what is in the others, and the
source lines that a traceback shows, can only be read once the archive has come. An earlier read
waits.
"""

from __future__ import annotations

import ast
import json
import sys
import warnings
import zipimport
from collections.abc import Callable, Iterator
from typing import Any

from harness.disk import path_of
from harness.event_loop import pyodide_loop

# What Python reads an archive's files by, the sources of modules among them.
_NAMES: dict[str, Any] = zipimport.__dict__

# With these a program may have Python called from JavaScript, where nothing can wait.
LEADS_TO_JAVASCRIPT = {"js", "pyodide", "pyodide_js"}


VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def library_below(prefix: str) -> str:
    """Return the folder of the library's files for a Python that is installed below `prefix`."""
    return f"{prefix}/lib/python{VERSION}"


def needs_archive(files: str) -> bool:
    """Tell whether a file of this JSON list imports a module that only the archive has."""
    paths: list[str] = json.loads(files)
    names = {name for path in paths if path.endswith(".py") for name in names_imported_by(path)}
    return not names.isdisjoint(LEADS_TO_JAVASCRIPT) or any(_lies_in_archive(name) for name in names)


def list_archive() -> str:
    """Return what the archive holds, as JSON: name, method, packed size, size, place of each file."""
    listing: dict[str, Any] = _NAMES["_zip_directory_cache"].get(archive_path(), {})
    # Folders have an entry of their own in some archives.
    return json.dumps([[name, *entry[1:5]] for name, entry in listing.items() if not name.endswith("/")])


def await_archive(
    arrive: Callable[[], Any], wait: Callable[[Any], object] | None, folder: str | None = None
) -> None:
    """Let each read of the archive wait for what `arrive` promises, until it has come once.

    Where its files lie in a `folder` of the disk, whoever opens one waits. `wait` suspends Python; it is None
    where Python cannot be, and then the archive is there already.
    """
    if wait is None:
        return
    archive = archive_path()
    readers = {name: _NAMES[name] for name in ("_get_data", "_read_directory")}
    is_there = False

    def await_it() -> None:
        nonlocal is_there
        # A promise that comes from JavaScript is tied to the loop that runs.
        with pyodide_loop():
            arrived = arrive()
        wait(arrived)
        is_there = True
        _NAMES.update(readers)

    if folder is not None:
        beginning = f"{folder}/"

        def heard(event: str, args: tuple[Any, ...]) -> None:
            if event == "open" and not is_there and (path_of(args[0]) or "").startswith(beginning):
                await_it()

        sys.addaudithook(heard)
        return

    def when_there(read: Callable[..., Any]) -> Callable[..., Any]:
        def read_when_there(path: str, *more: Any) -> Any:
            if path == archive:
                await_it()
            return read(path, *more)

        return read_when_there

    _NAMES.update({name: when_there(read) for name, read in readers.items()})


def archive_path() -> str:
    """Return where the archive lies, nothing where there is none."""
    return next((path for path in sys.path if path.startswith("/lib/") and path.endswith(".zip")), "")


def _lies_in_archive(name: str) -> bool:
    if name in sys.modules:
        return False
    listing: dict[str, object] = _NAMES["_zip_directory_cache"].get(archive_path(), {})
    path = name.replace(".", "/")
    return f"{path}.py" in listing or f"{path}/__init__.py" in listing


def names_imported_by(path: str) -> Iterator[str]:
    """Yield the names of modules that a source imports, each with the packages that it lies in."""
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError:
        return
    yield from _imports_in(source)


def _imports_in(source: bytes) -> Iterator[str]:
    try:
        # The run itself will warn.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # The run itself will tell of it.
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _with_packages(alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            yield from _with_packages(node.module)
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def _with_packages(name: str) -> Iterator[str]:
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        yield ".".join(parts[:end])
