"""The one connection that a runtime may open: to the server that its platform runs beside it.

A platform's `platform.json` names the variable that holds that server's address (`connects`). A connection
there is a `Wire`, which looks like a socket as far as `http.client` looks; the bytes cross the border as a
call of `socket.exchange`. Any other address is left to Python's own sockets.
"""

from __future__ import annotations

import io
from typing import Any

from harness.native import Border


class Wire:
    """One connection: what was sent is exchanged for an answer when the answer is asked for."""

    def __init__(self, border: Border) -> None:
        self._border = border
        self._sent = bytearray()

    def sendall(self, data: Any) -> None:
        """Keep what is to be sent."""
        self._sent += data

    def makefile(self, *_args: Any, **_kwargs: Any) -> io.BytesIO:
        """Send all of it, and return the server's answer."""
        sent, self._sent = bytes(self._sent), bytearray()
        return io.BytesIO(self._border.cross("socket", "exchange", (sent,)))

    def setsockopt(self, *_args: Any) -> None:
        """Take an option: none means anything here."""

    def settimeout(self, _seconds: float | None) -> None:
        """Take a time-out: the server is next door."""

    def close(self) -> None:
        """End the connection: there is nothing to let go of."""


def connect_across(address: str, border: Border) -> None:
    """Let connections to `address` (HOST:PORT) cross the border."""
    # Not above: for a platform without a server beside it, sockets are no part of a start.
    import socket

    create_connection = socket.create_connection

    def create(to: tuple[str, int], *args: Any, **kwargs: Any) -> Any:
        if f"{to[0]}:{to[1]}" == address:
            return Wire(border)
        return create_connection(to, *args, **kwargs)

    socket.create_connection = create
