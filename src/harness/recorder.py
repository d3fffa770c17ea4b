"""What happened, line by line: the Python half of a trace (`src/trace/format.ts`).

Writes `call`, `line`, `return` and `raise` events as JSON, one string per batch, for frames of the
task and of the image, and between them a `file` event where one of these changed the disk. Frames of the
standard library are passed over; so is the lab's own code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring_ascii as quote
from types import FrameType, MethodType
from typing import Any

from harness import inert
from harness.describe import TEXT_LIMIT, describe, describe_error
from harness.disk import Disk
from harness.own import dumps

BATCH = 64

TraceFunction = Callable[[FrameType, str, Any], Any]

_NOTHING = object()

# Bound here: a reader may put something else in its place.
_set_trace = sys.settrace


class Recorder:
    """Records until `limit` events of a run, then lets the run go on without it."""

    def __init__(
        self,
        sink: Callable[[str], object],
        image: tuple[str, ...],
        library: tuple[str, ...],
        folder: str = "/",
        written: Callable[[], str] | None = None,
    ) -> None:
        """`sink` takes a JSON array of events; `image` and `library` are path prefixes: they tell owners.

        Code may be compiled under a name without a folder: then its file lies in `folder`. `written` is what
        the disk says of what was changed.
        """
        self._sink = sink
        self._image = image
        self._library = library
        self._folder = folder
        self._limit = 0
        self._left = 0
        self._batch: list[str] = []
        self._owners: dict[str, str | None] = {}
        self._count = 0
        self._disk = Disk(written)
        self._before_step: Callable[[], None] | None = None

    def watch(self, before_step: Callable[[], None]) -> None:
        """Call `before_step` ahead of each recorded event: what it finds was done by the one before."""
        self._before_step = before_step

    def number_from(self, count: int) -> None:
        """Begin to count frames at `count`: earlier processes of the environment have used those before."""
        self._count = max(self._count, count)

    def begin(self, limit: int, watches_disk: bool) -> None:
        """Start a run of at most `limit` recorded events; frames that are alive keep their numbers."""
        self._limit = self._left = limit
        if watches_disk:
            self._disk.begin()
        _set_trace(self._enter if limit else None)

    def flush(self, thorough: bool = True) -> None:
        """Hand over what has been recorded, so that it stands before whatever the caller adds next.

        `thorough` looks at every file that was opened to be written: it takes its time where there are many.
        """
        self._look_at_disk(thorough)
        self._hand_over()

    def _add(self, event: str) -> None:
        if self._left <= 0:
            return
        if self._before_step is not None:
            self._before_step()
        if self._disk.is_watching:
            # What changed was changed before this.
            self._look_at_disk(False)
        self._left -= 1
        self._batch.append(event)
        if self._left == 0:
            self._batch.append(dumps({"kind": "cut", "what": "events", "limit": self._limit}))
            # From here on the run costs what it would cost unwatched.
            _set_trace(None)
            self._hand_over()
        elif len(self._batch) >= BATCH:
            self._hand_over()

    def _hand_over(self) -> None:
        if self._batch:
            batch, self._batch = self._batch, []
            self._sink(f"[{','.join(batch)}]")

    def _look_at_disk(self, thorough: bool) -> None:
        self._batch.extend(map(dumps, self._disk.changes(thorough)))

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
        self._count += 1
        follower = Follower(self._count, self._add)
        shown, _ = follower.changes(frame)
        self._add(
            dumps(
                {
                    "kind": "call",
                    "frame": self._count,
                    "caller": _caller_of(frame),
                    "source": self._place_of(frame.f_code.co_filename),
                    # A module's frame is entered at line 0; its code object begins at line 1.
                    "line": frame.f_lineno or frame.f_code.co_firstlineno,
                    "name": frame.f_code.co_name,
                    "owner": owner,
                    "locals": shown,
                }
            )
        )
        return follower.happened

    def _place_of(self, file: str) -> str:
        return file if file.startswith(("/", "<")) else f"{self._folder}/{file}"

    def _owner_of(self, frame: FrameType) -> str | None:
        """Return who owns the frame's code, None for frames that are not recorded."""
        # By where the module lies, not by the name it prints: a `.pyc` has the path it was compiled under.
        path = inert.file_of(frame) or frame.f_code.co_filename
        if path not in self._owners:
            self._owners[path] = self._owner_of_path(path)
        return self._owners[path]

    def _owner_of_path(self, path: str) -> str | None:
        # Python's own folder may hold the runtime's package, and the runtime's folder a library.
        image = _longest_of(self._image, path)
        if path.startswith("<") or _longest_of(self._library, path) > image:
            return None
        return "runtime" if image else "handler"


def _longest_of(places: tuple[str, ...], path: str) -> int:
    """Return the length of the longest place that the path lies in, 0 for none."""
    return max((len(place) for place in places if path.startswith(place)), default=0)


def _caller_of(frame: FrameType) -> int | None:
    """Return the number of the nearest recorded frame below this one."""
    numbers = map(_number_of, _stack_below(frame))
    return next((number for number in numbers if number is not None), None)


def _stack_below(frame: FrameType) -> Iterator[FrameType]:
    """Yield the frames that led to this one, the nearest first."""
    below = frame.f_back
    while below is not None:
        yield below
        below = below.f_back


class Follower:
    """Knows a frame's number, and what was told of its locals.

    It holds no frame: that would keep all its locals alive when it is over. Frames hold their followers
    instead, because Python tells every audit hook of each `id` that such a frame would be looked up by.
    """

    __slots__ = ("_add", "_held", "_told", "number")

    def __init__(self, number: int, add: Callable[[str], None]) -> None:
        """Follow the frame of this number, of whose locals nothing was told; `add` takes events as JSON."""
        self._add = add
        self._told: dict[str, str] = {}
        # The values of some of these: as long as they are the same objects they need no other look.
        self._held: dict[str, object] = {}
        # None for a frame that was left; a generator's is a new one when it is entered again.
        self.number: int | None = number

    def happened(self, frame: FrameType, event: str, arg: Any) -> TraceFunction | None:
        """Add what happens in the frame. Python calls this."""
        number = self.number
        if number is None:
            return None
        try:
            if event == "line":
                # Nearly all events are lines: what is the same in each is not encoded again.
                changed, gone = self.changes(frame)
                rest = f', "changed": {_to_json(changed)}' if changed else ""
                if gone:
                    rest += f', "gone": {dumps(gone)}'
                self._add(f'{{"kind": "line", "frame": {number}, "line": {frame.f_lineno}{rest}}}')
            elif event == "exception":
                error = describe_error(arg[1])
                self._tell({"kind": "raise", "frame": number, "line": frame.f_lineno, "error": error})
            elif event == "return":
                self.number = None
                self._tell({"kind": "return", "frame": number, "value": describe(arg)})
        except (MemoryError, RecursionError):
            # The program reaches that limit itself next; it must not meet ours in its traceback.
            self._held.clear()
        return self.happened

    def changes(self, frame: FrameType) -> tuple[dict[str, str], list[str]]:
        """Return the locals that differ from what was told of them, and the names of those that are no more.

        Both count as told from now on.
        """
        told, held = self._told, self._held
        changed: dict[str, str] = {}
        names = inert.names_of(frame)
        count = 0
        for name, value in names:
            if held.get(name, _NOTHING) is value:
                count += 1
                continue
            if name.startswith("__"):
                continue
            count += 1
            text = describe(value)
            if told.get(name) != text:
                changed[name] = text
            if _may_be_held(value):
                held[name] = value
            elif name in held:
                del held[name]
        told.update(changed)
        return changed, self._forget(names) if len(told) > count else []

    def _forget(self, names: list[tuple[str, object]]) -> list[str]:
        """Forget the names that were told and are not among these; return them."""
        here = {name for name, _ in names}
        gone = [name for name in self._told if name not in here]
        for name in gone:
            del self._told[name]
            self._held.pop(name, None)
        return gone

    def _tell(self, event: dict[str, Any]) -> None:
        self._add(dumps(event))


def _number_of(frame: FrameType) -> int | None:
    """Return the number of a frame that is followed, None for others."""
    # A program may have put a trace function of its own there.
    follower = getattr(frame.f_trace, "__self__", None) if type(frame.f_trace) is MethodType else None
    return follower.number if type(follower) is Follower else None


def _may_be_held(value: object) -> bool:
    """Tell whether a value never changes, is small, and nobody notices how long it lives."""
    kind = type(value)
    if kind is str:
        return len(value) <= TEXT_LIMIT  # type: ignore[arg-type]
    return kind is int or kind is float or kind is bool or value is None


def _to_json(texts: dict[str, str]) -> str:
    """Write it as `json.dumps` does, in a fifth of the time."""
    return f"{{{', '.join([f'{quote(name)}: {quote(text)}' for name, text in texts.items()])}}}"
