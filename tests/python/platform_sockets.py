"""The platform's end of a data socket: a real pair of sockets, or the lab's own where Python has none.

So the runtime's code is tried against Linux's sockets in CPython, and against the lab's in Pyodide.
"""

import json
import socket
import sys
from typing import Any, Protocol

from .the_harness import native, passed_sockets


class PlatformSocket(Protocol):
    """A request waits on it."""

    @property
    def fileno(self) -> int:
        """The number that the runtime is handed."""
        ...

    def close(self) -> bytes:
        """Close it, and return all that the runtime has sent."""
        ...


def open_platform_socket(request: bytes) -> PlatformSocket:
    """Let a request wait on a new socket."""
    return CrossingSocket(request) if sys.platform == "emscripten" else RealSocket(request)


class RealSocket:
    """One of a pair; the runtime has the other. What the tests send fits into the kernel's buffers."""

    def __init__(self, request: bytes) -> None:
        self._own, self._handed = socket.socketpair()
        self._own.sendall(request)
        self._own.shutdown(socket.SHUT_WR)
        self.fileno = self._handed.fileno()

    def close(self) -> bytes:
        self._handed.close()
        self._own.settimeout(10)
        # Ends only when the runtime has let go of its copy, too.
        with self._own, self._own.makefile("rb") as file:
            return file.read()


class CrossingSocket:
    """What `socket.fromfd` gives in the lab, with a far side that has one socket open."""

    fileno = 17

    def __init__(self, request: bytes) -> None:
        self._left = request
        self._sent = b""
        border = native.Border(self._answer, None, lambda *_: None, lambda _: None)
        passed_sockets.pass_sockets(border)

    def _answer(self, module: str, name: str, text: str) -> str:
        fd, argument = native.tuples(json.loads(text))
        if (module, fd) != ("socket", self.fileno):
            raise AssertionError(f"{module} {name} {text}")
        value: Any = None
        if name == "send":
            self._sent += argument
        else:
            value, self._left = self._left[:argument], self._left[argument:]
        return json.dumps({"value": value}, default=native._bytes_to_json)

    def close(self) -> bytes:
        return self._sent
