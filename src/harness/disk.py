"""Which files of the disk has the program changed, and when?

Python tells an audit hook what is about to be opened, removed or renamed. The file is looked at before
that, and from then on at each step: so a change stands in the trace behind the line that made it, or
behind the one whose end flushed a buffer. A process that nobody records has no hook.

The lab's own disk knows what was written to, by the numbers of its files; so what has not changed is not
looked at. Where a disk does not say, all files are.
"""

from __future__ import annotations

import os
import stat
import sys
from binascii import b2a_base64
from collections.abc import Callable, Iterator
from typing import Any

# Where no file is the program's: Python's own library, devices, and the lab's.
ELSEWHERE = ("/lib/", "/dev/", "/proc/", "/harness/")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Bytes of one file, and of all files of a run, that a trace carries.
MAX_FILE_BYTES = 256 * 1024
MAX_RUN_BYTES = 4 * 1024 * 1024
MAX_CHANGES = 1000
# So many files are looked at at each step: the ones that were opened last, where the disk does not say
# which to look at, and of those that are not there.
LATEST = 8

# A program may put others in their place.
_open = open
_stat = os.stat
_abspath = os.path.abspath
_walk = os.walk

State = tuple[int, int, int] | None


class Disk:
    """The files that a program may be changing."""

    def __init__(self, written: Callable[[], str] | None = None) -> None:
        """`written` tells the numbers of the files that were changed since it was last asked."""
        self._written = written
        self._known: dict[str, State] = {}
        # By its number, the paths of a file.
        self._paths: dict[int, dict[str, None]] = {}
        # Those that are looked at at the next change, whatever its number is.
        self._suspects: dict[str, None] = {}
        self._hooked = False
        self._bytes_left = 0
        self._changes_left = 0

    def begin(self) -> None:
        """Watch from now on, as a new run."""
        self._known.clear()
        self._paths.clear()
        self._suspects.clear()
        if self._written is not None:
            self._written()
        self._bytes_left = MAX_RUN_BYTES
        self._changes_left = MAX_CHANGES
        if not self._hooked:
            self._hooked = True
            sys.addaudithook(self._heard)

    @property
    def is_watching(self) -> bool:
        """Whether there is any file to look at."""
        return bool(self._known)

    def changes(self, thorough: bool) -> Iterator[dict[str, Any]]:
        """Yield the event of each file that has changed since it was last looked at."""
        for path in self._to_look_at(thorough):
            now = _state_of(path)
            before = self._known[path]
            if now == before:
                continue
            self._know(path, before, now)
            if self._changes_left > 0:
                self._changes_left -= 1
                yield self._event(path, now)

    def _to_look_at(self, thorough: bool) -> list[str]:
        if self._written is None:
            return list(self._known) if thorough else list(self._known)[-LATEST:]
        numbers = self._written()
        if not numbers:
            return []
        # What is there is found by its number from now on; what is not may come.
        suspects = list(self._suspects)
        missing = [path for path in suspects if self._known[path] is None]
        self._suspects = dict.fromkeys(missing[-LATEST:])
        changed = [path for number in numbers.split() for path in self._paths.get(int(number), ())]
        return list(dict.fromkeys([*suspects, *changed]))

    def _know(self, path: str, before: State, now: State) -> None:
        self._known[path] = now
        if before is not None:
            self._paths.get(before[2], {}).pop(path, None)
        if now is not None:
            self._paths.setdefault(now[2], {})[path] = None

    def _event(self, path: str, now: State) -> dict[str, Any]:
        event: dict[str, Any] = {"kind": "file", "path": path, "size": None, "blob": None}
        if now is None:
            return event
        size = event["size"] = now[0]
        if size <= min(MAX_FILE_BYTES, self._bytes_left):
            try:
                with _open(path, "rb") as file:
                    data = file.read()
            except OSError:  # it may not be read
                return event
            self._bytes_left -= len(data)
            event["base64"] = b2a_base64(data, newline=False).decode("ascii")
        return event

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        # Called for much that a program does, so most of it has to end here.
        if event == "open":
            if isinstance(args[2], int) and args[2] & WRITES:
                self._watch(args[0])
        elif event == "os.remove" or event == "os.truncate":
            self._watch(args[0])
        elif event == "os.rename":
            self._watch_renaming(path_of(args[0]), path_of(args[1]))
        elif event == "os.link" or event == "os.symlink":
            self._watch(args[1])

    def _watch(self, name: object) -> None:
        path = path_of(name)
        if path is None or path.startswith(ELSEWHERE):
            return
        # Last in the order: what was opened last is looked at first.
        before = self._known.pop(path) if path in self._known else _state_of(path)
        self._know(path, before, before)
        self._suspects.pop(path, None)
        self._suspects[path] = None

    def _watch_renaming(self, source: str | None, target: str | None) -> None:
        if source is None or target is None:
            return
        self._watch(source)
        self._watch(target)
        for folder, _, names in _walk(source):
            for name in names:
                path = f"{folder}/{name}"
                self._watch(path)
                self._watch(target + path.removeprefix(source))


def path_of(name: Any) -> str | None:
    """Return the absolute path, None for what is no file's name: a number, an object of the program's."""
    if type(name).__module__ in ("pathlib", "pathlib._local"):
        name = str(name)
    if type(name) is bytes:
        name = os.fsdecode(name)
    if type(name) is not str or "\0" in name:
        return None
    try:
        return _abspath(name)
    except OSError:  # the working directory is gone
        return None


def _state_of(path: str) -> State:
    try:
        status = _stat(path)
    except (OSError, ValueError):
        return None
    # A folder is no file, and neither is a device.
    is_file = stat.S_ISREG(status.st_mode)
    return (status.st_size, status.st_mtime_ns, status.st_ino) if is_file else None
