# SPDX-License-Identifier: Apache-2.0
"""A small web server in the place of Flask and gevent: the frames that those two would show are not here.

It takes one request after the other, each on a connection of its own, which is as OpenWhisk calls: it never
runs two activations of a container at once [OW].
"""

import socket
from collections.abc import Callable

REASONS = {
    200: "OK",
    403: "Forbidden",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


def serve(port: int, answer: Callable[[str, str, bytes], tuple[int, str]]) -> None:
    """Listen for ever; `answer` makes a status and a text of a method, a path and a body."""
    with socket.create_server(("", port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                method, path, body = read_request(connection)
                status, text = answer(method, path, body)
                connection.sendall(write_response(status, text))


def read_request(connection: socket.socket) -> tuple[str, str, bytes]:
    """Read a whole request, whose body is as long as its head says."""
    with connection.makefile("rb") as file:
        method, path, _ = file.readline().decode("latin-1").split(" ")
        length = 0
        while line := file.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            if name.lower() == "content-length":
                length = int(value)
        return method, path, file.read(length)


def write_response(status: int, text: str) -> bytes:
    """Return the bytes of a response."""
    body = text.encode("utf-8")
    kind = "application/json" if text.startswith("{") else "text/html; charset=utf-8"
    head = [
        f"HTTP/1.1 {status} {REASONS.get(status, '')}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body
