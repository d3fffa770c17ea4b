"""Standard output and error of a process that writes to them itself.

A platform whose log is a native function (`output` in `platform.json`) replaces both streams. For the
others these stand in for the ones that Python opened: the same layers, but what was recorded is handed
over before each write, so that output keeps its place in the trace, and a run's cap holds here already.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any

from harness.native import OutputGate

# Bound here: a reader may put something else in its place.
_write = os.write


class StandardFile(io.RawIOBase):
    """One of the two files that a process has open from its start."""

    def __init__(self, fd: int, name: str, before: Callable[[], None], gate: OutputGate) -> None:
        """`before` runs ahead of every write that passes the gate."""
        super().__init__()
        self._fd = fd
        self._before = before
        self._gate = gate
        self.name = name

    def write(self, data: Any) -> int:
        """Write bytes; past the cap, take them and do nothing."""
        size = memoryview(data).nbytes
        # A program may print a million times: a closed gate must cost one look.
        if self._gate.open:
            self._before()
            self._gate.carry(bytes(data), lambda passed: _write(self._fd, passed))
        return size

    def writable(self) -> bool:
        """Say that this file takes output; it gives none."""
        return True

    def fileno(self) -> int:
        """Return 1 for standard output, 2 for standard error."""
        return self._fd


def open_standard_streams(before: Callable[[], None], gate: OutputGate) -> Callable[[], None]:
    """Put streams over such files in place of Python's own, as buffered as those of a process are.

    What it returns writes out what their buffers hold.
    """

    def open_stream(fd: int, name: str, errors: str, line_buffering: bool) -> io.TextIOWrapper:
        file = io.BufferedWriter(StandardFile(fd, name, before, gate))
        stream = io.TextIOWrapper(file, encoding="utf-8", errors=errors, line_buffering=line_buffering)
        # As Python names it when it opens them.
        stream.mode = "w"  # pyright: ignore[reportAttributeAccessIssue]
        return stream

    stdout = sys.stdout = sys.__stdout__ = open_stream(1, "<stdout>", "strict", False)
    stderr = sys.stderr = sys.__stderr__ = open_stream(2, "<stderr>", "backslashreplace", True)

    def flush() -> None:
        for stream in (stdout, stderr):
            try:
                stream.flush()
            except ValueError:
                # The program has closed or detached it.
                continue

    return flush
