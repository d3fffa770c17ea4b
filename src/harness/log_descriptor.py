"""Every way to write to the descriptor that log frames go to, for a runtime that somebody brings.

`telemetry.py` has the one that Python's own documentation would choose, `os.fdopen`. A brought runtime may
write to the number itself, open it by `open`, or make a second number of it.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from typing import Any


class _Real(type(io.FileIO)):  # type: ignore[misc]
    """Lets a file be one that Python has opened itself."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, REAL)


REAL = io.FileIO


def write_any_way(number: int) -> None:
    """Let what is written to the descriptor `number` be frames, however it is opened."""
    numbers = {number}
    open_raw: Callable[..., Any] = os.fdopen
    plain_open: Callable[..., Any] = io.open
    plain_write, plain_writev, plain_dup = os.write, os.writev, os.dup
    frames = open_raw(number)

    def number_of(file: Any) -> int | None:
        if type(file) is int:
            return file if file in numbers else None
        if type(file) is str and file.startswith(("/proc/self/fd/", "/dev/fd/")):
            last = file.rpartition("/")[2]
            return number if last.isdigit() and int(last) in numbers else None
        return None

    def open_file(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **kwargs: Any) -> Any:
        if number_of(file) is None:
            return plain_open(file, mode, buffering, *args, **kwargs)
        raw = open_raw(number)
        if "b" in mode:
            return raw if buffering == 0 else io.BufferedWriter(raw)
        encoding = kwargs.get("encoding") or "utf-8"
        return io.TextIOWrapper(io.BufferedWriter(raw), encoding, line_buffering=buffering == 1)

    def write(fd: int, data: Any, /) -> int:
        return int(frames.write(data)) if number_of(fd) is not None else plain_write(fd, data)

    def writev(fd: int, buffers: Iterable[Any], /) -> int:
        if number_of(fd) is None:
            return plain_writev(fd, buffers)  # type: ignore[arg-type]
        return int(frames.write(b"".join(bytes(buffer) for buffer in buffers)))

    def dup(fd: int, /) -> int:
        made = plain_dup(fd)
        if fd in numbers:
            numbers.add(made)
        return made

    def fdopen(fd: int, mode: str = "r", buffering: int = -1, *args: Any, **kwargs: Any) -> Any:
        return open_file(fd, mode, buffering, *args, **kwargs)

    class FileIO(REAL, metaclass=_Real):
        """A file without a buffer."""

        def __new__(cls, file: Any, *args: Any, **kwargs: Any) -> Any:
            if number_of(file) is not None:
                return open_raw(number)
            return REAL(file, *args, **kwargs)

    posix: Any = __import__("posix")
    modules: tuple[Any, ...] = (os, posix)
    for module in modules:
        module.write, module.writev, module.dup = write, writev, dup
    os.fdopen = fdopen
    io.FileIO = FileIO  # type: ignore[misc, assignment]
    io.open = open_file
    builtins: Any = __import__("builtins")
    builtins.open = open_file
