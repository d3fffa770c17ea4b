# SPDX-License-Identifier: Apache-2.0
r"""The same five functions over a real Unix socket, for a Python of your own.

With it the model runs outside the sandbox, and any HTTP client can call it. In a function's folder:

    FN_FORMAT=http-stream FN_LISTENER=unix:/tmp/iofs/lsnr.sock PYTHONPATH=.:DISK:NATIVE \
        python3 -m fdk func.py handler

DISK is src/platforms/fn/disk/python of this repository, NATIVE this file's own folder.
"""

import os
import socket

_listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
_connections: dict[int, socket.socket] = {}


def bind(path: str) -> None:
    """Make the socket at this path, let everybody connect to it, and listen."""
    _listener.bind(path)
    os.chmod(path, 0o666)
    _listener.listen()


def accept() -> int:
    """Wait for a connection, and return its number."""
    connection, _ = _listener.accept()
    _connections[connection.fileno()] = connection
    return connection.fileno()


def receive(connection: int, size: int) -> bytes:
    """Return at most `size` bytes of what has come in; none when that was all."""
    return _connections[connection].recv(size)


def send(connection: int, data: bytes) -> None:
    """Send bytes."""
    _connections[connection].sendall(data)


def close(connection: int) -> None:
    """End a connection."""
    _connections.pop(connection).close()
