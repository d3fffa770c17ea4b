"""The Unix socket that the function's container listens on; a browser has none, so the lab plays it."""

def bind(path: str) -> None:
    """Make the socket at this path, let everybody connect to it, and listen."""

def accept() -> int:
    """Wait for a connection, and return its number."""

def receive(connection: int, size: int) -> bytes:
    """Return at most `size` bytes of what has come in; none when that was all."""

def send(connection: int, data: bytes) -> None:
    """Send bytes."""

def close(connection: int) -> None:
    """End a connection."""
