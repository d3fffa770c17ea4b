# SPDX-License-Identifier: Apache-2.0
"""The neighbour of `bootstrap.py`: the server side of http mode, and the home of the fault class.

A clean-room model, written for Behind the Handler; it holds none of Amazon's code. In http mode a
request comes in on a socket of its own and is answered there, as a web server answers. The handler is
then an application after the rules of WSGI (PEP 3333), which any web framework in Python speaks.

Known are the module's name, that `bootstrap.py` imports it and takes its fault class from it, and that
it built on the standard library's own servers: a handler of `BaseHTTPServer` for the request, one of
`wsgiref` for the application [DL#15]. Inferred: all that is written here. It spells out what those
two classes do, so that each step of it can be followed.
"""

import sys
from collections.abc import Callable, Iterable
from socket import socket
from typing import Any

# What a request says of itself: the variables that a WSGI application gets.
Environ = dict[str, Any]

Headers = list[tuple[str, str]]

# What an application calls with its status and headers before it returns the body.
StartResponse = Callable[..., Callable[[bytes], None]]

Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class FaultException(Exception):
    """Something went wrong on the runtime's side of the call, not inside the handler.

    The three parts are what the platform is told of a fault [DL-0516]. Inferred: `except_value` is
    the text of the exception behind it and `trace` that exception's trace, each None if there is
    none.
    """

    def __init__(self, msg: str, except_value: str | None = None, trace: str | None = None) -> None:
        super().__init__(msg)
        self.msg = msg
        self.except_value = except_value
        self.trace = trace


class ServerHandler:
    """Serves one request on one connection: reads it, calls the application, writes the response."""

    def __init__(self, connection: socket) -> None:
        self.connection = connection
        self.rfile = connection.makefile("rb")
        self.status: str | None = None
        self.headers: Headers = []
        self.headers_sent = False

    def run(self, application: Application) -> None:
        """Call the application for the request, and send on what it returns, piece by piece.

        This is the frame below the application's in a stack.
        """
        # Whoever keeps the variables for longer does not keep the connection open.
        with self.rfile:
            environ = self.get_environ()
            result = application(environ, self.start_response)
            self.send(result)

    def send(self, result: Iterable[bytes]) -> None:
        """Send the body, and tell what produced it that nobody will ask for more."""
        try:
            for data in result:
                self.write(data)
            # A response without a body still has a head.
            self.write(b"")
        finally:
            close: Callable[[], None] | None = getattr(result, "close", None)
            if close is not None:
                close()

    def get_environ(self) -> Environ:
        """Turn the request's first line and headers into the variables that WSGI asks for."""
        method, target, protocol = self.read_request_line()
        path, _, query = target.partition("?")
        environ: Environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            # As it was sent: in this model it is always `/`, and there is nothing in it to decode.
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": protocol,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            # The rest of the connection is the body; CONTENT_LENGTH tells how much of it there is.
            "wsgi.input": self.rfile,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        for name, value in self.read_headers():
            variable = name.upper().replace("-", "_")
            if variable not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                variable = f"HTTP_{variable}"
            environ[variable] = value
        return environ

    def read_request_line(self) -> list[str]:
        """Read `METHOD TARGET PROTOCOL`, for example `POST / HTTP/1.1`."""
        line = self.read_line()
        words = line.split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/"):
            raise FaultException("Unable to parse request", f"bad request line: {line!r}")
        return words

    def read_headers(self) -> Headers:
        """Read lines that say `Name: value`, as far as the blank one that ends them."""
        headers: Headers = []
        while line := self.read_line():
            name, colon, value = line.partition(":")
            if not colon:
                raise FaultException("Unable to parse request", f"bad header: {line!r}")
            headers.append((name, value.strip()))
        return headers

    def read_line(self) -> str:
        """Read one line of the request's head, without its end."""
        return self.rfile.readline().decode("latin-1").rstrip("\r\n")

    def start_response(self, status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        """Take status and headers. The application calls this, once, before its body is sent.

        A second call is for an application that has failed since the first, and says so by
        `exc_info`; it comes too late when something has been sent.
        """
        if exc_info is not None and self.headers_sent:
            raise exc_info[1]
        if exc_info is None and self.status is not None:
            raise AssertionError("start_response() was called twice")
        self.status, self.headers = status, headers
        return self.write

    def write(self, data: bytes) -> None:
        """Send a piece of the body, and before the first piece the head."""
        if self.status is None:
            raise AssertionError("start_response() was not called")
        if not self.headers_sent:
            data = self.head(self.status, self.headers) + data
            self.headers_sent = True
        if data:
            self.connection.sendall(data)

    def head(self, status: str, headers: Headers) -> bytes:
        """Write a response's head. By HTTP/1.0 its body ends where the connection does."""
        lines = [f"HTTP/1.0 {status}", *(f"{name}: {value}" for name, value in headers), "", ""]
        return "\r\n".join(lines).encode("latin-1")

    def send_error(self, answer: str) -> None:
        """Answer that it went wrong, unless part of another response is on its way already."""
        if self.headers_sent:
            return
        self.status = "500 Internal Server Error"
        self.headers = [("Content-Type", "application/json")]
        self.write(answer.encode())
