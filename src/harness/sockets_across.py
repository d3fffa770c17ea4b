"""A socket of Python's own that leads to the server beside the process, for a runtime that opens it itself.

`wire.py` has what `http.client` needs of a connection. A brought runtime may use sockets in any other way: of
`socket.socket`, the one that is connected to that server sends and receives across the border.
"""

from __future__ import annotations

import errno
import os
import selectors
from collections.abc import Callable
from typing import Any, cast
from weakref import WeakKeyDictionary, WeakValueDictionary

# HOST and PORT of the server.
Address = tuple[str, int]
Exchange = Callable[[bytes], bytes]


class Line:
    """What one socket has sent and not yet got an answer to, and what of an answer has not been read."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._sent = bytearray()
        self._answer = b""

    def send(self, data: Any) -> int:
        """Keep what is to be sent."""
        size = memoryview(data).nbytes
        self._sent += data
        return size

    @property
    def has_more(self) -> bool:
        """Whether there is something to read, or will be when it is asked for."""
        return bool(self._sent or self._answer)

    def receive(self, size: int, peeks: bool = False) -> bytes:
        """Return at most so many bytes of the answer; none where nothing was sent."""
        if not self._answer and self._sent:
            sent, self._sent = bytes(self._sent), bytearray()
            self._answer = self._exchange(sent)
        got = self._answer[:size]
        if not peeks:
            self._answer = self._answer[size:]
        return got


class Half:
    """One of two sockets that are connected with each other."""

    def __init__(self) -> None:
        self._got = bytearray()
        self.other: Half | None = None

    def send(self, data: Any) -> int:
        """Hand bytes to the other one."""
        if self.other is not None:
            self.other._got += data
        return memoryview(data).nbytes

    @property
    def has_more(self) -> bool:
        """Whether there is something to read."""
        return bool(self._got)

    def receive(self, size: int, peeks: bool = False) -> bytes:
        """Return at most so many bytes; raise BlockingIOError where there are none: none would ever come."""
        if not self._got:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        got = bytes(self._got[:size])
        if not peeks:
            del self._got[:size]
        return got


def connect_sockets(module: Any, address: Address, exchange: Exchange, selector: Any) -> None:
    """Let sockets of the module `socket` that are connected to `address` lead across.

    `selector` is the class that loops of `asyncio` ask for events.
    """
    kind = module.socket
    lines: WeakKeyDictionary[Any, Line | Half] = WeakKeyDictionary()
    by_number: WeakValueDictionary[int, Any] = WeakValueDictionary()
    peeking = getattr(module, "MSG_PEEK", 2)

    def connect(self: Any, to: Any) -> None:
        if not _is_there(to, address):
            plain["connect"](self, to)
            return
        become(self, Line(exchange))

    def become(self: Any, line: Line | Half) -> None:
        lines[self] = line
        # Who asks the system whether it is ready gets what a file says: it always is.
        sink = os.open(os.devnull, os.O_RDWR)
        os.dup2(sink, self.fileno())
        os.close(sink)
        by_number[self.fileno()] = self

    def connect_ex(self: Any, to: Any) -> int:
        if not _is_there(to, address):
            return int(plain["connect_ex"](self, to))
        connect(self, to)
        return 0

    def sendall(self: Any, line: Line | Half, data: Any, _flags: int = 0) -> None:
        line.send(data)

    def send(self: Any, line: Line | Half, data: Any, _flags: int = 0) -> int:
        return line.send(data)

    def sendmsg(self: Any, line: Line | Half, buffers: Any, *_more: Any) -> int:
        return sum(line.send(buffer) for buffer in buffers)

    def recv(self: Any, line: Line | Half, size: int, flags: int = 0) -> bytes:
        return line.receive(size, bool(flags & peeking))

    def recv_into(self: Any, line: Line | Half, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        got = line.receive(nbytes or memoryview(buffer).nbytes, bool(flags & peeking))
        memoryview(buffer).cast("B")[: len(got)] = got
        return len(got)

    def recvfrom(self: Any, line: Line | Half, size: int, flags: int = 0) -> tuple[bytes, Any]:
        return recv(self, line, size, flags), address

    def getpeername(self: Any, line: Line) -> Any:
        return address

    def getsockname(self: Any, line: Line) -> Any:
        return (address[0], 40000)

    def take(self: Any, line: Line | Half, *_args: Any) -> None:
        """Take an option, or the end of one direction: neither means anything here."""

    def getsockopt(self: Any, line: Line | Half, _level: int, _option: int, size: int = 0) -> Any:
        return bytes(size) if size else 0

    across: dict[str, Callable[..., Any]] = {
        **{function.__name__: function for function in (send, sendall, sendmsg, recv, recv_into, recvfrom)},
        **{function.__name__: function for function in (getpeername, getsockname, getsockopt)},
        "setsockopt": take,
        "shutdown": take,
    }
    names = ("connect", "connect_ex", *across)
    plain = {name: getattr(kind, name) for name in names if hasattr(kind, name)}

    def choosing(name: str) -> Callable[..., Any]:
        there, here = across[name], plain[name]

        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            line = lines.get(self)
            return here(self, *args, **kwargs) if line is None else there(self, line, *args, **kwargs)

        call.__name__ = call.__qualname__ = name
        return call

    kind.connect, kind.connect_ex = connect, connect_ex
    for name in across.keys() & plain.keys():
        setattr(kind, name, choosing(name))
    plain_create = module.create_connection

    def create_connection(to: Any, timeout: Any = None, *args: Any, **kwargs: Any) -> Any:
        if not _is_there(to, address):
            return plain_create(to, timeout, *args, **kwargs)
        made = kind(module.AF_INET, module.SOCK_STREAM)
        if isinstance(timeout, int | float):
            made.settimeout(timeout)
        made.connect(to)
        return made

    def socketpair(*_family: Any, **_more: Any) -> tuple[Any, Any]:
        one, other = Half(), Half()
        one.other, other.other = other, one
        made = (kind(module.AF_INET, module.SOCK_STREAM), kind(module.AF_INET, module.SOCK_STREAM))
        for each, half in zip(made, (one, other), strict=True):
            become(each, half)
        return made

    module.create_connection = create_connection
    module.socketpair = socketpair
    plain_select = selector.select

    def select(self: Any, timeout: float | None = None) -> list[Any]:
        ready: list[Any] = []
        for key in self.get_map().values():
            found = by_number.get(key.fd)
            if found is None or found.fileno() != key.fd:
                continue
            events = key.events & ~(0 if lines[found].has_more else selectors.EVENT_READ)
            if events:
                ready.append((key, events))
        return ready or plain_select(self, timeout)

    selector.select = select


def _is_there(to: Any, address: Address) -> bool:
    # `getaddrinfo` gives numbers, and people texts.
    there = cast("tuple[Any, ...]", to)[:2] if isinstance(to, tuple) else ()
    return tuple(map(str, there)) == tuple(map(str, address))
