"""The native client of the Runtime API, as the package sees it.

In the sandbox the platform's service plays it from outside Python; bytes cross as they are. Under a
Python of your own `runtime_client.py`, beside this file, does the same over a socket.
"""

def initialize_client(user_agent: str, /) -> None:
    """Take the name that every request is to carry."""

def next() -> tuple[bytes, dict[str, str]]:
    """Block until there is an invocation: its body, and its headers by name in lower case."""

def post_invocation_result(invoke_id: str, body: bytes, content_type: str, /) -> None:
    """Send a result; raise RuntimeError when it is not taken."""

def post_error(invoke_id: str, body: bytes, xray_cause: str, /) -> None:
    """Send an error; raise RuntimeError when it is not taken."""
