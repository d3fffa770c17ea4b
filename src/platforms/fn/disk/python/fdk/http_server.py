# SPDX-License-Identifier: Apache-2.0
"""HTTP over the Unix socket, in the place of the original's server: its frames are not here.

One connection after the other, and on each one request after the other, which is as Fn calls: a container
has one call at a time [FN]. Inferred: every answer to what is no proper request.
"""

import contextlib
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import NamedTuple

import lab_unix

# A request's head of more bytes is none.
MAX_HEAD = 65_536
# So many bytes are asked for at once.
PIECE = 65_536


class Request(NamedTuple):
    """A call, as it comes in."""

    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What goes back to Fn's server."""

    status: int
    headers: dict[str, str]
    body: bytes


class BadRequest(Exception):
    """What came is no request; the connection ends with the answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Incoming:
    """The bytes of one connection, in their order."""

    def __init__(self, connection: int) -> None:
        self._connection = connection
        self._left = b""

    def line(self) -> str | None:
        """Return the next line of a head without its end; None when nothing comes any more."""
        while b"\n" not in self._left:
            if len(self._left) > MAX_HEAD:
                raise BadRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            if not self._more():
                if self._left:
                    raise BadRequest(HTTPStatus.BAD_REQUEST)
                return None
        line, _, self._left = self._left.partition(b"\n")
        return line.decode("latin-1").removesuffix("\r")

    def exactly(self, size: int) -> bytes:
        """Return so many bytes."""
        while len(self._left) < size:
            if not self._more():
                raise BadRequest(HTTPStatus.BAD_REQUEST)
        data, self._left = self._left[:size], self._left[size:]
        return data

    def _more(self) -> bool:
        data = lab_unix.receive(self._connection, PIECE)
        self._left += data
        return bool(data)


def serve(call: Callable[[Request], Answer]) -> None:
    """Take connections for ever."""
    while True:
        connection = lab_unix.accept()
        # Whoever called may have gone; the next one comes on another connection.
        with contextlib.suppress(OSError):
            serve_connection(connection, call)
        # Not in a `finally`: a process that ends leaves the end of its connections to the system.
        lab_unix.close(connection)


def serve_connection(connection: int, call: Callable[[Request], Answer]) -> None:
    """Answer each request of one connection, until its other end has no more."""
    try:
        for request in read_requests(Incoming(connection)):
            lab_unix.send(connection, write_answer(call(request)))
    except BadRequest as error:
        text = f"{error}\n".encode()
        headers = {"Content-Type": "text/plain", "Connection": "close"}
        lab_unix.send(connection, write_answer(Answer(error.status, headers, text)))


def read_requests(incoming: Incoming) -> Iterator[Request]:
    """Yield each call."""
    while (first := incoming.line()) is not None:
        words = first.split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            raise BadRequest(HTTPStatus.BAD_REQUEST)
        headers = read_headers(incoming)
        body = read_body(incoming, headers)
        if words[1] != "/call":
            raise BadRequest(HTTPStatus.NOT_FOUND)
        if words[0] != "POST":
            raise BadRequest(HTTPStatus.METHOD_NOT_ALLOWED)
        yield Request(headers, body)


def read_headers(incoming: Incoming) -> dict[str, str]:
    """Return the headers by their names in small letters; several of one name are joined by a comma."""
    headers: dict[str, str] = {}
    size = 0
    while line := incoming.line():
        size += len(line)
        name, colon, value = line.partition(":")
        if size > MAX_HEAD:
            raise BadRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if not colon or not name or name != name.strip():
            raise BadRequest(HTTPStatus.BAD_REQUEST)
        before = headers.get(name.lower())
        headers[name.lower()] = value.strip() if before is None else f"{before}, {value.strip()}"
    return headers


def read_body(incoming: Incoming, headers: dict[str, str]) -> bytes:
    """Return the body, whose end its length tells, or its last piece."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return b"".join(read_pieces(incoming))
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise BadRequest(HTTPStatus.BAD_REQUEST)
    return incoming.exactly(int(length))


def read_pieces(incoming: Incoming) -> Iterator[bytes]:
    """Yield the pieces of a body: a line with the length in hexadecimal digits stands before each."""
    while True:
        try:
            size = int((incoming.line() or "").partition(";")[0], 16)
        except ValueError:
            raise BadRequest(HTTPStatus.BAD_REQUEST) from None
        if size < 0:
            raise BadRequest(HTTPStatus.BAD_REQUEST)
        if size == 0:
            read_headers(incoming)
            return
        yield incoming.exactly(size)
        incoming.line()


def write_answer(answer: Answer) -> bytes:
    """Return the bytes of a response."""
    status = HTTPStatus(answer.status)
    headers = {**answer.headers, "Content-Length": str(len(answer.body))}
    # A line's end within a value would end the header.
    lines = [f"{name}: {' '.join(value.splitlines())}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status.value} {status.phrase}", *lines, "", ""])
    return head.encode("latin-1", "replace") + answer.body
