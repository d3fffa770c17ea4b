"""Pipes between the process and its platform, where `platform.json` says `pipes`.

`out` is a real pipe under the number that it names, so that `os.fdopen(3, "wb")` and `os.write(3, …)`
just work; what was written crosses as `pipe.write` before the next recorded step, the next crossing, and
the end. `in` is read by `sys.stdin` (where it is 0) and by `os.read`: what is not there yet is asked for as
`pipe.read`, and no bytes are the end of the file. In a browser a read of an empty real pipe would not wait.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any

from harness.native import Border

# Far from the numbers that a program meets: the first free one may be the one that the platform wants.
OWN_END = 250
# What a real pipe holds on Linux; a process that writes more waits for the other side to read.
CAPACITY = 65_536


class Pipes:
    """The process's two pipes; their other ends belong to the platform."""

    def __init__(self, incoming: int, outgoing: int, border: Border) -> None:
        """Open the pipe `outgoing` under its number. Reading `incoming` crosses `border`."""
        self._incoming = incoming
        self._outgoing = outgoing
        self._border = border
        end, other = os.pipe()
        self._end = os.dup2(end, OWN_END, inheritable=False)
        os.dup2(other, outgoing)
        for fd in {end, other} - {outgoing}:
            os.close(fd)
        if sys.platform != "emscripten":  # there no pipe ever waits
            os.set_blocking(self._end, False)
        self._read = os.read

    def send(self) -> None:
        """Hand over what was written since the last time."""
        written = bytearray()
        try:
            while data := self._read(self._end, CAPACITY):
                written += data
        except BlockingIOError:
            # There is no more for now.
            pass
        if written:
            self._border.cross("pipe", "write", (self._outgoing, bytes(written)))

    def receive(self, size: int) -> bytes:
        """Return at most `size` bytes of what comes in, when something does; none at the end."""
        return self._border.cross("pipe", "read", (self._incoming, size))

    def open_streams(self) -> None:
        """Put streams over the pipes in place of Python's own, as buffered as those of a process are."""
        # So that `os.read` of a launcher that somebody has changed waits as well.
        os.read = self._read_any
        if self._incoming == 0:
            source = io.BufferedReader(Incoming(self, "<stdin>", 0))
            sys.stdin = sys.__stdin__ = io.TextIOWrapper(source, encoding="utf-8", errors="strict")
        if self._outgoing == 1:
            sink = io.BufferedWriter(Outgoing(self, "<stdout>", 1))
            sys.stdout = sys.__stdout__ = io.TextIOWrapper(sink, encoding="utf-8", errors="strict")

    def _read_any(self, fd: int, length: int, /) -> bytes:
        return self.receive(length) if fd == self._incoming else self._read(fd, length)


class Incoming(io.RawIOBase):
    """The end of a pipe that the process reads."""

    def __init__(self, pipes: Pipes, name: str, fd: int) -> None:
        super().__init__()
        self._pipes = pipes
        self._fd = fd
        self.name = name

    def readable(self) -> bool:
        """Say that this file gives input; it takes none."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what there is, at most the buffer's size; wait where there is nothing."""
        data = self._pipes.receive(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def fileno(self) -> int:
        """Return the number of the descriptor."""
        return self._fd


class Outgoing(io.RawIOBase):
    """The end of a pipe that the process writes; what it holds crosses at once, so it is never full."""

    def __init__(self, pipes: Pipes, name: str, fd: int) -> None:
        super().__init__()
        self._pipes = pipes
        self._fd = fd
        self.name = name

    def writable(self) -> bool:
        """Say that this file takes output; it gives none."""
        return True

    def write(self, data: Any) -> int:
        """Write as much as a pipe takes at once, and say how much that was."""
        written = os.write(self._fd, memoryview(data)[:CAPACITY])
        self._pipes.send()
        return written

    def fileno(self) -> int:
        """Return the number of the descriptor."""
        return self._fd
