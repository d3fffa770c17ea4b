"""The descriptor that a platform takes log frames from: what is written to it crosses the border.

A platform's `platform.json` names the variable that holds the number (`telemetry`). Each write is one frame,
and crosses as a call of `telemetry.write`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import Any

from harness.native import Border, OutputGate


class TelemetryFile(io.RawIOBase):
    """The open file: each write is a frame."""

    def __init__(self, fd: int, border: Border, gate: OutputGate) -> None:
        """`gate` counts what passes: a frame that does not fit in whole is left out."""
        super().__init__()
        self._fd = fd
        self._border = border
        self._gate = gate

    def write(self, data: Any) -> int:
        """Send a frame; past the cap, take it and do nothing."""
        frame = bytes(data)

        def send(passed: bytes) -> None:
            if len(passed) == len(frame):
                self._border.cross("telemetry", "write", (frame,))

        if self._gate.open:
            self._gate.carry(frame, send)
        return len(frame)

    def writable(self) -> bool:
        """Say that this file takes output; it gives none."""
        return True

    def fileno(self) -> int:
        """Return its number."""
        return self._fd


def open_telemetry(number: str, border: Border, gate: OutputGate) -> None:
    """Let `os.fdopen` of this descriptor cross the border; a text that is no number names none."""
    try:
        fd = int(number)
    except ValueError:
        return
    # The descriptor is open in the process, whoever looks at it.
    sink = os.open(os.devnull, os.O_WRONLY)
    if sink != fd:
        os.dup2(sink, fd)
        os.close(sink)
    fdopen: Callable[..., Any] = os.fdopen

    def open_descriptor(opened: int, *args: Any, **kwargs: Any) -> Any:
        if opened == fd:
            return TelemetryFile(fd, border, gate)
        return fdopen(opened, *args, **kwargs)

    os.fdopen = open_descriptor  # type: ignore[assignment]
