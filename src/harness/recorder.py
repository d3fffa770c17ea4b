"""What happened, line by line: the Python half of a trace (`src/trace/format.ts`).

Writes `call`, `line`, `return` and `raise` events as JSON, one string per batch, for frames of the
task and of the image, and between them a `file` event where one of these changed the disk. Frames of the
standard library are passed over; so is the lab's own code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from harness import inert
from harness.describe import describe, describe_error
from harness.disk import Disk

BATCH = 64

TraceFunction = Callable[[FrameType, str, Any], Any]


class Recorder:
    """Records until `limit` events of a run, then lets the run go on without it."""

    def __init__(
        self, sink: Callable[[str], object], image: str | tuple[str, ...], library: tuple[str, ...]
    ) -> None:
        """`sink` takes a JSON array of events; `image` and `library` are path prefixes: they tell owners."""
        self._sink = sink
        self._image = image
        self._library = library
        self._limit = 0
        self._left = 0
        self._batch: list[str] = []
        # By the frames' ids: a frame that is held on to keeps all its locals alive when it is over.
        self._numbers: dict[int, int] = {}
        self._seen: dict[int, dict[str, str]] = {}
        self._owners: dict[str, str | None] = {}
        self._count = 0
        self._disk = Disk()
        self._before_step: Callable[[], None] | None = None

    def watch(self, before_step: Callable[[], None]) -> None:
        """Call `before_step` ahead of each recorded event: what it finds was done by the one before."""
        self._before_step = before_step

    def begin(self, limit: int) -> None:
        """Start a run of at most `limit` recorded events; frames that are alive keep their numbers."""
        self._limit = self._left = limit
        self._forget_the_dead()
        if limit:
            self._disk.begin()
        sys.settrace(self._enter if limit else None)

    def flush(self, thorough: bool = True) -> None:
        """Hand over what has been recorded, so that it stands before whatever the caller adds next.

        `thorough` looks at every file that was opened to be written: it takes its time where there are many.
        """
        self._look_at_disk(thorough)
        self._hand_over()

    def _hand_over(self) -> None:
        if self._batch:
            batch, self._batch = self._batch, []
            self._sink(f"[{','.join(batch)}]")

    def _forget_the_dead(self) -> None:
        """Drop what is known of frames that ended unseen, after a cut: new ones may have their ids."""
        here = sys._getframe()  # pyright: ignore[reportPrivateUsage]
        living = {id(frame) for frame in _stack_below(here) if frame.f_trace == self._inside}
        self._numbers = {key: number for key, number in self._numbers.items() if key in living}
        self._seen = {key: shown for key, shown in self._seen.items() if key in living}

    def _enter(self, frame: FrameType, event: str, _arg: object) -> TraceFunction | None:
        if event != "call":
            return None
        try:
            return self._entered(frame)
        except (MemoryError, RecursionError):
            # The program reaches that limit itself next; it must not meet ours in its traceback.
            return None

    def _entered(self, frame: FrameType) -> TraceFunction | None:
        owner = self._owner_of(frame)
        if owner is None:
            return None
        shown = self._locals_of(frame)
        self._count += 1
        self._add(
            {
                "kind": "call",
                "frame": self._count,
                "caller": self._caller_of(frame),
                "source": frame.f_code.co_filename,
                # A module's frame is entered at line 0; its code object begins at line 1.
                "line": frame.f_lineno or frame.f_code.co_firstlineno,
                "name": frame.f_code.co_name,
                "owner": owner,
                "locals": shown,
            }
        )
        self._numbers[id(frame)] = self._count
        self._seen[id(frame)] = shown
        return self._inside

    def _inside(self, frame: FrameType, event: str, arg: Any) -> TraceFunction | None:
        try:
            return self._happened(frame, event, arg)
        except (MemoryError, RecursionError):
            return self._inside

    def _happened(self, frame: FrameType, event: str, arg: Any) -> TraceFunction | None:
        number = self._numbers.get(id(frame))
        if number is None:
            return None
        if event == "line":
            self._add_line(number, frame)
        elif event == "exception":
            self._add(
                {"kind": "raise", "frame": number, "line": frame.f_lineno, "error": describe_error(arg[1])}
            )
        elif event == "return":
            del self._numbers[id(frame)], self._seen[id(frame)]
            self._add({"kind": "return", "frame": number, "value": describe(arg)})
        return self._inside

    def _add_line(self, number: int, frame: FrameType) -> None:
        # Nearly all events are lines: what is the same in each is not encoded again.
        changed = self._changed(frame)
        rest = f', "changed": {json.dumps(changed)}' if changed else ""
        self._add_json(f'{{"kind": "line", "frame": {number}, "line": {frame.f_lineno}{rest}}}')

    def _add(self, event: dict[str, Any]) -> None:
        self._add_json(json.dumps(event))

    def _add_json(self, event: str) -> None:
        if self._left <= 0:
            return
        if self._before_step is not None:
            self._before_step()
        # What changed was changed before this.
        self._look_at_disk(False)
        self._left -= 1
        self._batch.append(event)
        if self._left == 0:
            self._batch.append(json.dumps({"kind": "cut", "what": "events", "limit": self._limit}))
            # From here on the run costs what it would cost unwatched.
            sys.settrace(None)
            self._hand_over()
        elif len(self._batch) >= BATCH:
            self._hand_over()

    def _look_at_disk(self, thorough: bool) -> None:
        self._batch.extend(map(json.dumps, self._disk.changes(thorough)))

    def _changed(self, frame: FrameType) -> dict[str, str]:
        before = self._seen[id(frame)]
        now = self._seen[id(frame)] = self._locals_of(frame)
        return {name: text for name, text in now.items() if before.get(name) != text}

    def _locals_of(self, frame: FrameType) -> dict[str, str]:
        names = inert.names_of(frame)
        return {name: describe(value) for name, value in names.items() if not name.startswith("__")}

    def _caller_of(self, frame: FrameType) -> int | None:
        numbers = (self._numbers.get(id(below)) for below in _stack_below(frame))
        return next((number for number in numbers if number is not None), None)

    def _owner_of(self, frame: FrameType) -> str | None:
        """Return who owns the frame's code, None for frames that are not recorded."""
        # By where the module lies, not by the name it prints: a `.pyc` has the path it was compiled under.
        path = inert.file_of(frame) or frame.f_code.co_filename
        if path not in self._owners:
            self._owners[path] = self._owner_of_path(path)
        return self._owners[path]

    def _owner_of_path(self, path: str) -> str | None:
        if path.startswith((*self._library, "<")):
            return None
        return "runtime" if path.startswith(self._image) else "handler"


def _stack_below(frame: FrameType) -> Iterator[FrameType]:
    """Yield the frames that led to this one, the nearest first."""
    below = frame.f_back
    while below is not None:
        yield below
        below = below.f_back
