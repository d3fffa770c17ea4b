"""Modules that a task hides: its own `json.py` stands before the library's on the path.

In a fresh Python next to nothing of the library has been imported, so a task's file of that name wins,
for the runtime too. In Pyodide much has been. Where a task hides a module of the library, the library's
modules are forgotten here, so that everybody imports them anew, by the path as it is then.
"""

from __future__ import annotations

import os
import sys

# What Python has imported before the first line of a program: nothing on a path can hide these.
IMPORTED_AT_START = {
    "__main__",
    "_collections_abc",
    "_sitebuiltins",
    "abc",
    "builtins",
    "codecs",
    "encodings",
    "genericpath",
    "importlib",
    "io",
    "ntpath",
    "os",
    "posixpath",
    "runpy",
    "site",
    "stat",
    "sys",
    "zipimport",
}
# Pyodide's own, and the one that the way to the server beside the process is tied to.
KEPT = {"_pyodide", "pyodide", "pyodide_js", "js", "socket"}
# What is tied to the process's own loop and its signals, unless the task hides that very module.
TIED = {"asyncio", "signal"}


def forget_hidden_modules(task: str) -> None:
    """Forget what is imported of the library, if the folder `task` hides a module of it."""
    imported = {name.partition(".")[0] for name in sys.modules} - IMPORTED_AT_START - KEPT
    library = imported & sys.stdlib_module_names - set(sys.builtin_module_names)
    own = {os.path.splitext(name)[0] for name in os.listdir(task)} if os.path.isdir(task) else set[str]()
    if not library & own:
        return
    library -= TIED - own
    for name in list(sys.modules):
        if name.partition(".")[0] in library:
            del sys.modules[name]
