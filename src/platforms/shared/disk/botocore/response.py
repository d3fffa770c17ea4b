# SPDX-License-Identifier: Apache-2.0
"""The body of an answer, to be read once. A stand-in of Behind the Handler, not botocore."""

import io
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import IncompleteReadError
from botocore.lacks import lacking


class StreamingBody(io.IOBase):
    """An object's bytes as they come from S3: what has been read is gone, and there is no way back."""

    def __init__(self, raw_stream: Any, content_length: int) -> None:
        super().__init__()
        self._stream = raw_stream
        self._content_length = content_length
        self._position = 0

    def read(self, amt: int | None = None) -> bytes:
        """Return the next `amt` bytes, or all that are left."""
        data = self._passed(self._stream.read(amt))
        # At the end, as much has to have come as was announced.
        ended = amt is None or (amt > 0 and not data)
        if ended and self._position != self._content_length:
            raise IncompleteReadError(actual_bytes=self._position, expected_bytes=self._content_length)
        return data

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, b: Any) -> int:
        """Read into a buffer as much as it holds, and return how many bytes came."""
        data = self.read(len(b))
        b[: len(data)] = data
        return len(data)

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line with its end."""
        return self._passed(self._stream.readline(size))

    def readlines(self, hint: int = -1) -> list[bytes]:
        """Return all lines that are left, with their ends."""
        lines: list[bytes] = self._stream.readlines(hint)
        self._passed(b"".join(lines))
        return lines

    def iter_chunks(self, chunk_size: int = 1024) -> Iterator[bytes]:
        """Yield what is left in pieces of `chunk_size` bytes; the last may have fewer."""
        while chunk := self.read(chunk_size):
            yield chunk

    def iter_lines(self, chunk_size: int = 1024, keepends: bool = False) -> Iterator[bytes]:
        """Yield the lines that are left, read `chunk_size` bytes at a time."""
        pending = b""
        for chunk in self.iter_chunks(chunk_size):
            *whole, pending = (pending + chunk).splitlines(True) or [b""]
            yield from (line if keepends else line.splitlines()[0] for line in whole)
        if pending:
            yield pending if keepends else pending.splitlines()[0]

    def tell(self) -> int:
        """Return how many bytes have been read."""
        return self._position

    def close(self) -> None:
        """Read no more."""
        self._stream.close()
        super().close()

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_chunks()

    def __next__(self) -> bytes:
        chunk = self.read(1024)
        if not chunk:
            raise StopIteration
        return chunk

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            lacking(
                f"StreamingBody.{name}",
                "close, iter_chunks, iter_lines, read, readable, readinto, readline, readlines, tell",
            )
        )

    def _passed(self, data: bytes) -> bytes:
        self._position += len(data)
        return data
