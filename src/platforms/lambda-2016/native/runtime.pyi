"""The native half of the runtime, as `bootstrap.py` sees it: the shape of 2016-05 [DL-0516].

The platform's service plays it from outside Python. Every value crosses as JSON; where a tuple is
promised, the border has made it of an array.
"""


def recv_start(ctrl_sock: int, /) -> tuple[str, str, str, bool, tuple[str, str, str] | None]:
    """Block until the start: invokeid, mode, handler, suppress_init, credentials.

    credentials: access key id, secret access key, session token; or None.
    """


def receive_invoke(
    ctrl_sock: int, /
) -> tuple[str, int, tuple[str, str, str] | None, str, dict[str, str | None], str]:
    """Block until an invocation: invokeid, data_sock, credentials, event_body, context_objs,
    invoked_function_arn.

    event_body is JSON text. Inferred: data_sock is -1 in event mode, and event_body is empty in http
    mode, where the request waits on data_sock, a descriptor of an open socket that stays the
    platform's: it goes when the invocation is reported done. context_objs has clientcontext (JSON text), cognitoidentityid and
    cognitopoolid, each a string or None.
    """


def report_running(invokeid: str, /) -> None:
    """Say that the start is over."""


def report_fault(invokeid: str, msg: str, except_value: str | None, trace: str | None, /) -> None:
    """Say what the log is to tell of a failure; the invocation is answered by `report_done`."""


def report_done(invokeid: str, errortype: str | None, result: str | None, /) -> None:
    """Answer the invocation: errortype None for success, result JSON text either way.

    Inferred: result is None in http mode, in which the answer went out on the data socket.
    """


def log_bytes(msg: str, fileno: int, /) -> None:
    """Add to the log what was written to standard output (1) or standard error (2)."""


def send_console_message(msg: str, /) -> None:
    """Tell the platform's own console something that is not for the function's log."""


def get_remaining_time() -> int:
    """Return the milliseconds until the invocation's time-out."""
