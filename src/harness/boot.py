"""What Python has imported when an environment is made ready, and how that becomes a fresh process.

An environment starts from a boot image (`src/sandbox/boot-image.ts`) or by booting plainly; `preload` makes
both the same. Python's standard library lies in an archive, which may come after the image.
"""

from __future__ import annotations

import gc
import importlib
import io
import linecache
import logging
import random
import re
import sys
import time
import zipimport
from types import ModuleType

# What the models import, and what functions commonly do: a run that needs no more starts without the archive.
MODULES = (
    "_strptime",
    "calendar",
    "concurrent.futures.thread",
    "csv",
    "datetime",
    "decimal",
    "hashlib",
    "hmac",
    "http.client",
    "json",
    "logging",
    "queue",
    "runpy",
    "secrets",
    "traceback",
    "urllib.parse",
    "uuid",
)


def preload() -> None:
    """Import what every environment has imported."""
    for name in MODULES:
        importlib.import_module(name)


def freshen() -> None:
    """Give what an image holds the chance and the clock of a process that has just begun."""
    random.seed()
    logging.__dict__["_startTime"] = time.time_ns()


def become_image(archive: str) -> None:
    """Leave in memory only what an image is to hold.

    The modules were compiled beforehand and came from another archive; the one that readers meet lies at the
    path `archive` by now, and is read anew.
    """
    for module in list(sys.modules.values()):
        # Pyodide's modules of JavaScript's things are of another kind.
        if type(module) is ModuleType:
            _name_source(module, archive)
    caches: dict[str, object] = zipimport.__dict__["_zip_directory_cache"]
    caches.clear()
    sys.path_importer_cache.clear()
    # Which modules there are is known without the archive; only what is in them has to be waited for.
    zipimport.zipimporter(archive)
    _clear_buffers()
    linecache.clearcache()
    re.purge()
    sys._clear_internal_caches()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    for _ in range(3):
        gc.collect()


def _name_source(module: ModuleType, archive: str) -> None:
    """Name a module's source as its file, as where it was compiled when it was imported."""
    spec = module.__spec__
    for holder, attribute in ((module, "__file__"), (spec, "origin")):
        path = getattr(holder, attribute, None)
        if path is not None and path.startswith(archive) and path.endswith(".pyc"):
            setattr(holder, attribute, path.removesuffix("c"))
            if spec is not None:
                # Made of the origin when it is asked for.
                spec.cached = None
    if hasattr(module, "__cached__") and spec is not None:
        module.__cached__ = spec.cached  # type: ignore[attr-defined]


def _clear_buffers() -> None:
    """Overwrite the buffers of the standard streams: they were made of memory that others had used.

    The process that makes the image has a standard input with as many zeros as its buffer holds.
    """
    standard_input = sys.stdin.buffer
    if isinstance(standard_input, io.BufferedReader):
        # Read in two pieces, as reading all of it at once would pass the buffer by.
        standard_input.read(1)
        standard_input.read(STREAM_BUFFER - 1)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        stream.buffer.write(bytes(STREAM_BUFFER - 1))
        stream.buffer.flush()


STREAM_BUFFER = io.DEFAULT_BUFFER_SIZE
