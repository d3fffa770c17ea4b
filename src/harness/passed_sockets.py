"""Open sockets that a platform hands to the process by their file descriptors.

A browser's Python has neither Unix sockets nor pairs of sockets. Where `platform.json` says
`passesSockets`, what `socket.fromfd` returns is a `PassedSocket`: it looks like a socket as far as a
server looks, and its bytes cross the border as calls of `socket.receive` and `socket.send`. The far
side knows which descriptors are open, and answers with an OSError for any other.
"""

from __future__ import annotations

import io
from typing import Any

from harness.native import Border

# What it is on Linux; in Pyodide `socket` has no such name.
AF_UNIX = 1


class PassedSocket:
    """The process's own copy of a socket: closing it leaves the platform's open."""

    def __init__(self, fd: int, border: Border) -> None:
        self._fd = fd
        self._border = border

    def recv(self, size: int) -> bytes:
        """Return at most `size` bytes of what has come in; none when that was all."""
        return self._border.cross("socket", "receive", (self._file_number(), size))

    def sendall(self, data: Any) -> None:
        """Send bytes."""
        if data:
            self._border.cross("socket", "send", (self._file_number(), bytes(data)))

    def makefile(self, mode: str = "r", *_args: Any, **_kwargs: Any) -> io.BufferedReader:
        """Return a file that reads what comes in; others nobody here has needed."""
        if mode != "rb":
            raise ValueError(f"a socket of this model makes no file of mode {mode!r}")
        return io.BufferedReader(_Incoming(self))

    def fileno(self) -> int:
        """Return the file descriptor, -1 after `close`."""
        return self._fd

    def close(self) -> None:
        """End the use of this copy."""
        self._fd = -1

    def __enter__(self) -> PassedSocket:
        """Use the socket in a `with` statement."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it at the statement's end."""
        self.close()

    def _file_number(self) -> int:
        if self._fd < 0:
            raise OSError(9, "Bad file descriptor")
        return self._fd


class _Incoming(io.RawIOBase):
    """What comes in on a socket, as a file."""

    def __init__(self, passed: PassedSocket) -> None:
        super().__init__()
        self._passed = passed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._passed.recv(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def pass_sockets(border: Border) -> None:
    """Let `socket.fromfd` give the sockets that the platform passes."""
    # Not above: for a platform that passes none, sockets are no part of a start.
    import socket

    def fromfd(fd: int, _family: int, _type: int, _proto: int = 0) -> PassedSocket:
        return PassedSocket(fd, border)

    if not hasattr(socket, "AF_UNIX"):
        setattr(socket, "AF_UNIX", AF_UNIX)  # noqa: B010 - not an attribute that the type checker knows
    socket.fromfd = fromfd  # type: ignore[assignment]
