"""Python of the lab's own: it prepares an execution environment and watches it.

None of it lies on a path that the model or the reader's code sees. The interpreter
(`src/sandbox/interpreter.ts`) loads it, calls `session.prepare`, and takes it off the path again.

Each module here has built-in names of its own, a copy of Python's: a reader who puts something else in the
place of `len` changes the process, and not what watches it.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

BUILTINS = dict(vars(builtins))


class WithOwnBuiltins(Loader):
    """Loads a module as another loader does, with a copy of the built-in names."""

    def __init__(self, loader: Loader) -> None:
        """`loader` knows where the module's code is."""
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave the making of the module to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code, which takes the names that are there already."""
        module.__dict__["__builtins__"] = BUILTINS
        self._loader.exec_module(module)


class OwnFinder(MetaPathFinder):
    """Finds the modules of this package."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of one of them, with such a loader."""
        if not fullname.startswith(f"{__name__}."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = WithOwnBuiltins(spec.loader)
        return spec


_finder = OwnFinder()
sys.meta_path.insert(0, _finder)
for _name in ("boot", "library", "rehearsal", "session"):
    importlib.import_module(f"{__name__}.{_name}")
# Nothing of this is left where a reader could meet it.
sys.meta_path.remove(_finder)
