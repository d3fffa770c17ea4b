"""Where Python is installed, as the platform has it: its prefix, its library's files, its part of the path.

The sandbox's Python has its library in one archive, and modules of it are imported before anybody knows for
which platform. Where the platform names a prefix, their names are changed here as if they had come from
files below it, as those do that are imported later (`src/sandbox/library-folder.ts` lays them there).
"""

from __future__ import annotations

import _imp
import gc
import sys
import zipimport
from importlib.machinery import SourceFileLoader
from types import FunctionType, ModuleType
from typing import Any

from harness.library import VERSION, library_below


def install_below(prefix: str, archive: str) -> list[str]:
    """Let what is of the library's `archive` lie below `prefix`; return Python's own part of the path."""
    folder = library_below(prefix)
    for name in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix"):
        setattr(sys, name, prefix)
    sys._stdlib_dir = folder  # type: ignore[attr-defined]
    site = sys.modules.get("site")
    if site is not None:
        vars(site)["PREFIXES"] = [prefix, prefix]
    for module in list(sys.modules.values()):
        # Pyodide's modules of JavaScript's things are of another kind.
        if type(module) is ModuleType:
            _name_module(module, f"{archive}/", f"{folder}/")
    _name_code(f"{archive}/", f"{folder}/")
    zipped = f"{prefix}/lib/python{VERSION.replace('.', '')}.zip"
    return [zipped, folder, f"{folder}/lib-dynload", f"{folder}/site-packages"]


def _name_module(module: ModuleType, archive: str, folder: str) -> None:
    file = getattr(module, "__file__", None)
    if type(file) is not str or not file.startswith(archive):
        return
    names = vars(module)
    # `logging` has its own under another name, too.
    for name, value in list(names.items()):
        if type(value) is str and value.startswith(archive):
            names[name] = folder + value.removeprefix(archive)
    file = names["__file__"]
    spec = module.__spec__
    if spec is None:
        return
    if spec.submodule_search_locations is not None:
        # The same list is the module's `__path__`.
        spec.submodule_search_locations[:] = [
            folder + place.removeprefix(archive) if place.startswith(archive) else place
            for place in spec.submodule_search_locations
        ]
    if isinstance(spec.loader, zipimport.zipimporter):
        spec.loader = module.__loader__ = SourceFileLoader(spec.name, file)
        spec.origin = file
        # Made of the origin when it is asked for.
        spec.cached = None
        if hasattr(module, "__cached__"):
            module.__cached__ = spec.cached  # type: ignore[attr-defined]
    elif hasattr(spec.loader_state, "filename"):
        # A module that is compiled into Python knows its source all the same.
        spec.loader_state.filename = file


def _name_code(archive: str, folder: str) -> None:
    """Give the code of all functions the names of its files; code within code has its own with it."""
    name_code: Any = vars(_imp)["_fix_co_filename"]
    for thing in gc.get_objects():
        if type(thing) is FunctionType:
            code = thing.__code__
            if code.co_filename.startswith(archive):
                name_code(code, folder + code.co_filename.removeprefix(archive))
