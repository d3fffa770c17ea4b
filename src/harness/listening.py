"""The one port that a process may listen on, where its platform calls it.

A platform's `platform.json` names the variable that holds that port (`listens`). `socket.create_server` on it
gives a `Listener`: each connection that it accepts is one of the platform's, whose bytes cross the border
as those of passed sockets do. Other ports are left to Python's own sockets.
"""

from __future__ import annotations

from typing import Any

from harness.native import Border
from harness.passed_sockets import PassedSocket


class Listener:
    """A socket that listens: connections come from the platform alone."""

    def __init__(self, port: int, border: Border) -> None:
        self._port = port
        self._border = border

    def accept(self) -> tuple[Connection, tuple[str, int]]:
        """Wait for the next connection, and return it with the address that it comes from."""
        fd: int = self._border.cross("socket", "accept", ())
        return Connection(fd, self._border), ("127.0.0.1", self._port)

    def close(self) -> None:
        """Listen no more."""

    def __enter__(self) -> Listener:
        """Use the socket in a `with` statement."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it at the statement's end."""
        self.close()


class Connection(PassedSocket):
    """A connection: who closes it has said all there was to say."""

    def close(self) -> None:
        """End the connection, once."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            self._border.cross("socket", "close", (fd,))


def listen_across(port: int, border: Border) -> None:
    """Let a server on `port` be called across the border."""
    # Not above: for a platform whose process listens on nothing, sockets are no part of a start.
    import socket

    create_server = socket.create_server

    def create(address: tuple[str, int], *args: Any, **kwargs: Any) -> Any:
        if address[1] == port:
            return Listener(port, border)
        return create_server(address, *args, **kwargs)

    socket.create_server = create
