# SPDX-License-Identifier: Apache-2.0
"""The program of a function's container: `fdk FILE ENTRYPOINT` listens, and calls your function [FDK].

Fn's server starts the container, waits until the socket of FN_LISTENER is there, and then posts each call
over it [FN]. To follow a call, begin with `serve` in `http_server.py`.
"""

import os
import sys

import lab_unix
from fdk.http_server import serve
from fdk.runner import Function


def main(arguments: list[str]) -> None:
    """Make the socket, then answer calls for as long as there are any."""
    # Two variables of this model's, by which the container's command is told; your code does not see them.
    for name in ("FDK_FILE", "FDK_ENTRYPOINT"):
        os.environ.pop(name, None)
    if not 1 <= len(arguments) <= 2:
        sys.exit("Usage: fdk FILE ENTRYPOINT")
    listen_on(socket_path())
    serve(Function(*arguments).call)


def socket_path() -> str:
    """Return the path that Fn's server waits for; without one, or for another format, it ends [FDK].

    Inferred: the words.
    """
    if os.environ.get("FN_FORMAT", "") != "http-stream":
        sys.exit("This function speaks http-stream only: see FN_FORMAT.")
    kind, _, path = os.environ.get("FN_LISTENER", "").partition(":")
    if kind != "unix" or not path:
        sys.exit("FN_LISTENER has to be unix:PATH.")
    return path


def listen_on(path: str) -> None:
    """Bind a socket under another name first: the server never meets one that is not ready yet [FDK]."""
    folder, name = os.path.split(path)
    lab_unix.bind(os.path.join(folder, f"phony{name}"))
    os.symlink(f"phony{name}", path)


if __name__ == "__main__":
    main(sys.argv[1:])
