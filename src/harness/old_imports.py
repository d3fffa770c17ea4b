"""What the module `imp` offered until Python 3.12, for a runtime that was made for an older one.

Each function does what the library's documentation of 3.11 says, by the library's own means of today.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    BuiltinImporter,
    FrozenImporter,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from types import ModuleType
from typing import Any

SEARCH_ERROR, PY_SOURCE, PY_COMPILED, C_EXTENSION, PY_RESOURCE = 0, 1, 2, 3, 4
PKG_DIRECTORY, C_BUILTIN, PY_FROZEN, PY_CODERESOURCE, IMP_HOOK = 5, 6, 7, 8, 9

Details = tuple[str, str, int]

_held = 0


def new_module(name: str) -> ModuleType:
    """Return a module of that name which is nowhere."""
    return ModuleType(name)


def acquire_lock() -> None:
    """Take the lock of all imports: there is one thread, so counting will do."""
    global _held
    _held += 1


def release_lock() -> None:
    """Give the lock back."""
    global _held
    if _held == 0:
        raise RuntimeError("not holding the import lock")
    _held -= 1


def lock_held() -> bool:
    """Tell whether the lock was taken."""
    return _held > 0


def get_magic() -> bytes:
    """Return the bytes that a compiled file begins with."""
    return importlib.util.MAGIC_NUMBER


def get_tag() -> str | None:
    """Return what a compiled file's name has of the Python that made it."""
    return sys.implementation.cache_tag


def get_suffixes() -> list[Details]:
    """Return the ends of modules' names, with how to open a file and what it is."""
    extensions = [(suffix, "rb", C_EXTENSION) for suffix in EXTENSION_SUFFIXES]
    source = [(suffix, "r", PY_SOURCE) for suffix in SOURCE_SUFFIXES]
    return extensions + source + [(suffix, "rb", PY_COMPILED) for suffix in BYTECODE_SUFFIXES]


def is_builtin(name: str) -> int:
    """Return 1 for a module that is compiled into Python, 0 for any other."""
    return 1 if name in sys.builtin_module_names else 0


def is_frozen(name: str) -> bool:
    """Tell whether Python holds the module's code itself."""
    return FrozenImporter.find_spec(name) is not None


def find_module(name: str, path: Any = None) -> tuple[Any, str | None, Details]:
    """Return the module's open file, its path and what it is; raise ImportError where there is none."""
    if path is None:
        if is_builtin(name):
            return None, None, ("", "", C_BUILTIN)
        if is_frozen(name):
            return None, None, ("", "", PY_FROZEN)
        path = sys.path
    for entry in path:
        folder = os.path.join(entry, name)
        inits = [os.path.join(folder, f"__init__{end}") for end in (".py", *BYTECODE_SUFFIXES)]
        if any(map(os.path.isfile, inits)):
            return None, folder, ("", "", PKG_DIRECTORY)
        for suffix, mode, kind in get_suffixes():
            file = os.path.join(entry, f"{name}{suffix}")
            if os.path.isfile(file):
                return _open(file, mode), file, (suffix, mode, kind)
    raise ImportError(f"No module named {name!r}", name=name)


def _open(file: str, mode: str) -> Any:
    if mode == "rb":
        return open(file, "rb")
    # Not above: next to no runtime asks for it.
    import tokenize

    return tokenize.open(file)


def load_module(name: str, file: Any, filename: str, details: Details) -> ModuleType:
    """Load what `find_module` has found; one that is loaded already is loaded again."""
    _suffix, _mode, kind = details
    if kind == PY_SOURCE:
        return load_source(name, filename, file)
    if kind == PY_COMPILED:
        return load_compiled(name, filename, file)
    if kind == PKG_DIRECTORY:
        return load_package(name, filename)
    if kind == C_BUILTIN:
        return init_builtin(name)
    if kind == PY_FROZEN:
        return importlib.import_module(name)
    raise ImportError(f"Don't know how to import {name} (type code {kind})", name=name)


def load_source(name: str, pathname: str, file: Any = None) -> ModuleType:
    """Load a source file as a module of that name."""
    loader = SourceFileLoader(name, pathname)
    return _load(importlib.util.spec_from_file_location(name, pathname, loader=loader))


def load_compiled(name: str, pathname: str, file: Any = None) -> ModuleType:
    """Load a compiled file as a module of that name."""
    loader = SourcelessFileLoader(name, pathname)
    return _load(importlib.util.spec_from_file_location(name, pathname, loader=loader))


def load_package(name: str, path: str) -> ModuleType:
    """Load the package in a folder under that name."""
    file = os.path.join(path, "__init__.py") if os.path.isdir(path) else path
    loader = SourceFileLoader(name, file)
    return _load(
        importlib.util.spec_from_file_location(name, file, loader=loader, submodule_search_locations=[path])
    )


def init_builtin(name: str) -> ModuleType:
    """Load a module that is compiled into Python."""
    spec = BuiltinImporter.find_spec(name)
    if spec is None:
        raise ImportError(f"no built-in module named {name!r}", name=name)
    return importlib.import_module(name)


def _load(spec: ModuleSpec | None) -> ModuleType:
    if spec is None or spec.loader is None:
        raise ImportError("there is nothing to load")
    name = spec.name
    before = sys.modules.get(name)
    module = before if before is not None else importlib.util.module_from_spec(spec)
    module.__spec__ = spec
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        # As an import that fails: nothing is left of it, and what was there before stays.
        if before is None:
            sys.modules.pop(name, None)
        raise
    # A module may put another in its own place.
    return sys.modules[name]


def fill(module: ModuleType) -> None:
    """Make a module what `imp` was."""
    module.__doc__ = "A stand-in for imp, which left Python's library with 3.12."
    for name in NAMES:
        setattr(module, name, globals()[name])
    vars(module)["reload"] = importlib.reload
    vars(module)["cache_from_source"] = importlib.util.cache_from_source
    vars(module)["source_from_cache"] = importlib.util.source_from_cache


NAMES = (
    *("SEARCH_ERROR", "PY_SOURCE", "PY_COMPILED", "C_EXTENSION", "PY_RESOURCE", "PKG_DIRECTORY", "C_BUILTIN"),
    *("PY_FROZEN", "PY_CODERESOURCE", "IMP_HOOK", "new_module", "acquire_lock", "release_lock", "lock_held"),
    *("get_magic", "get_tag", "get_suffixes", "is_builtin", "is_frozen", "find_module", "load_module"),
    *("load_source", "load_compiled", "load_package", "init_builtin"),
)
