# SPDX-License-Identifier: Apache-2.0
"""The body of an answer, to be read once. A stand-in of Behind the Handler, not botocore."""

import io
from collections.abc import Iterator


class StreamingBody:
    """An object's bytes as they come from S3: what has been read is gone, and there is no way back."""

    def __init__(self, data: bytes, content_length: int) -> None:
        self._stream = io.BytesIO(data)
        self._content_length = content_length

    def read(self, amt: int | None = None) -> bytes:
        """Return the next `amt` bytes, or all that are left."""
        return self._stream.read(amt)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readline(self) -> bytes:
        """Return the next line with its end."""
        return self._stream.readline()

    def readlines(self) -> list[bytes]:
        """Return all lines that are left, with their ends."""
        return self._stream.readlines()

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
        return self._stream.tell()

    def close(self) -> None:
        """Read no more."""
        self._stream.close()

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_chunks()

    def __next__(self) -> bytes:
        chunk = self.read(1024)
        if not chunk:
            raise StopIteration
        return chunk

    def __enter__(self) -> "StreamingBody":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
