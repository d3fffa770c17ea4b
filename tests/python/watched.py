"""Runs small programs under the recorder, as the interpreter runs a platform's process.

A program's files exist by name alone: the recorder tells owners apart by paths, and reads no file.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import CodeType, ModuleType
from typing import Any

from .the_harness import SRC, recorder

TASK = "/var/task/lambda_function.py"
IMAGE = "/var/runtime/awslambda/bootstrap.py"

# Where this Python's library lies, the harness itself, and these tests: their frames are not recorded.
LIBRARY = (os.path.dirname(os.__file__), "<frozen", f"{SRC}/harness/", os.path.dirname(__file__))

Event = dict[str, Any]


class Watched:
    """A recorder whose events are kept, and the modules that were run under it."""

    def __init__(self) -> None:
        self.batches: list[list[Event]] = []
        self.recorder = recorder.Recorder(self._take, ("/var/runtime/",), LIBRARY)

    def _take(self, batch: str) -> None:
        self.batches.append(json.loads(batch))

    @property
    def events(self) -> list[Event]:
        """Everything that has been handed over, in order."""
        return [event for batch in self.batches for event in batch]

    @property
    def lines(self) -> list[str]:
        """The same as text, one line an event."""
        return [to_text(event) for event in self.events]

    def run(self, code: CodeType, names: dict[str, Any], limit: int = 1000) -> BaseException | None:
        """Execute `code` as one run, and return what it failed with."""
        failed = None
        self.recorder.begin(limit, watches_disk=limit > 0)
        # From here on every frame counts: nothing of this file may be entered.
        try:
            exec(code, names)
        except BaseException as error:
            failed = error
        finally:
            sys.settrace(None)
        self.recorder.flush()
        return failed


def watch(*files: tuple[str, str], limit: int = 1000) -> Watched:
    """Run `(path, source)` one after the other under one recorder; later ones may import earlier ones."""
    watched = Watched()
    with modules({}):
        for path, source in files:
            module = module_at(path)
            sys.modules[module.__name__] = module
            failed = watched.run(compile(source, path, "exec", dont_inherit=True), vars(module), limit)
            if failed is not None and not isinstance(failed, ProgramFailed):
                raise failed
    return watched


class ProgramFailed(Exception):
    """What a program of the tests may raise out of itself."""


def module_at(path: str) -> ModuleType:
    """Return an empty module that lies at `path`, named for it."""
    module = ModuleType(os.path.basename(path).removesuffix(".py"))
    module.__file__ = path
    vars(module)["ProgramFailed"] = ProgramFailed
    return module


@contextmanager
def modules(more: Mapping[str, ModuleType]) -> Iterator[None]:
    """Have `more` modules while it lasts, and afterwards those from before."""
    before = dict(sys.modules)
    sys.modules.update(more)
    try:
        yield
    finally:
        sys.modules.clear()
        sys.modules.update(before)


def to_text(event: Event) -> str:
    """Write an event as one line that has everything in it."""
    match event:
        case {"kind": "call", "frame": frame, "caller": caller, "name": name, "owner": owner}:
            place = f"{event['source'].rpartition('/')[2]}:{event['line']}"
            return f"{frame} call {name} {place} {owner} from {caller}{_names(event['locals'])}"
        case {"kind": "line", "frame": frame, "line": line}:
            gone = "".join(f" -{name}" for name in event.get("gone", ()))
            return f"{frame} line {line}{_names(event.get('changed', {}))}{gone}"
        case {"kind": "return", "frame": frame, "value": value}:
            return f"{frame} return {value}"
        case {"kind": "raise", "frame": frame, "line": line, "error": error}:
            return f"{frame} raise {line} {error}"
        case _:
            return json.dumps(event)


def _names(shown: Mapping[str, str]) -> str:
    # Every module of the tests has this name, and none is about it.
    return "".join(f" {name}={text}" for name, text in shown.items() if name != "ProgramFailed")
