"""Runs the 2016 bootstrap inside the test's own process, with a scripted native half.

The bootstrap is executed as a script: a fresh `__main__`, its folder first on `sys.path`, the
task's folder as working directory. What it says to the platform is kept; when the scripted
invocations have run out, `receive_invoke` raises and so ends the process that is played here.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import linecache
import logging
import os
import socket
import sys
import tempfile
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from .platform_sockets import PlatformSocket, open_platform_socket

ROOT = Path(__file__).resolve().parents[2]
IMAGE = ROOT / "src" / "platforms" / "lambda-2016"
RUNTIME = IMAGE / "disk" / "var" / "runtime"
# On the platform its folders lie in that folder, too.
SHARED = ROOT / "src" / "platforms" / "shared" / "disk"
BOOTSTRAP = str(RUNTIME / "awslambda" / "bootstrap.py")
SOURCE = Path(BOOTSTRAP).read_text(encoding="utf-8").splitlines()

ARN = "arn:aws:lambda:us-east-1:123456789012:function:lab"
START_CREDENTIALS = ("START-KEY", "START-SECRET", "START-SESSION")
CREDENTIALS = ("KEY", "SECRET", "SESSION")
NO_CONTEXT: Mapping[str, str | None] = {
    "clientcontext": None,
    "cognitoidentityid": None,
    "cognitopoolid": None,
}

# JSON nested beyond what C's stack holds kills the interpreter there: the lab's crash, not a fault.
TOO_DEEP_FOR_PYODIDE = "Pyodide dies in its own json module, where CPython raises RecursionError"


class Ended(BaseException):
    """There are no more invocations: the played process ends here."""


@dataclasses.dataclass(frozen=True)
class Invocation:
    """What one `receive_invoke` hands out."""

    event: str = "{}"
    request: str = "request-1"
    credentials: tuple[str, str, str] | None = CREDENTIALS
    context: Mapping[str, str | None] = dataclasses.field(default_factory=lambda: NO_CONTEXT)
    # What waits on the data socket; there is none in event mode.
    http: bytes | None = None


@dataclasses.dataclass
class Run:
    """What the played process said, and what it left behind."""

    calls: list[tuple[Any, ...]] = dataclasses.field(default_factory=list[tuple[Any, ...]])
    task: str = ""
    ended_by: BaseException | None = None
    # What came back on the data socket, by invocation.
    responses: list[bytes] = dataclasses.field(default_factory=list[bytes])
    main: dict[str, Any] = dataclasses.field(default_factory=dict[str, Any])

    def said(self, name: str) -> list[tuple[Any, ...]]:
        """Return the arguments of every call of one native function."""
        return [call[1:] for call in self.calls if call[0] == name]

    @property
    def log(self) -> str:
        """What reached the log by either stream."""
        return "".join(text for text, _ in self.said("log_bytes"))

    @property
    def results(self) -> list[Any]:
        """The decoded results, all of which must be successes."""
        for done in self.said("report_done"):
            if done[1] is not None:
                raise AssertionError(f"not a success: {done}")
        return [json.loads(result) for _, _, result in self.said("report_done")]

    @property
    def names(self) -> list[str]:
        """The names of the native calls in order, without those of the log."""
        return [call[0] for call in self.calls if call[0] != "log_bytes"]

    def file(self, name: str) -> str:
        """Return the full name of a file of the task."""
        return os.path.join(self.task, name)


class FakeRuntime(ModuleType):
    """The native half: hands out what the test wrote, keeps what the bootstrap says."""

    def __init__(self, run: Run, start: tuple[Any, ...], invocations: Sequence[Invocation]) -> None:
        super().__init__("runtime")
        self._run = run
        self._start = start
        self._invocations = list(invocations)
        self._socket: PlatformSocket | None = None

    def _keep(self, name: str, *args: Any) -> None:
        crossed = json.loads(json.dumps(args))
        if crossed != list(args):
            raise AssertionError(f"{name}: not what JSON carries: {args!r}")
        self._run.calls.append((name, *args))

    def recv_start(self, ctrl_sock: int) -> tuple[Any, ...]:
        self._keep("recv_start", ctrl_sock)
        return self._start

    def receive_invoke(self, ctrl_sock: int) -> tuple[Any, ...]:
        self._keep("receive_invoke", ctrl_sock)
        if not self._invocations:
            raise Ended
        invocation = self._invocations.pop(0)
        context = dict(invocation.context)
        data_sock = -1
        if invocation.http is not None:
            self._socket = open_platform_socket(invocation.http)
            data_sock = self._socket.fileno
        return invocation.request, data_sock, invocation.credentials, invocation.event, context, ARN

    def report_running(self, invokeid: str) -> None:
        self._keep("report_running", invokeid)

    def report_fault(self, invokeid: str, msg: str, except_value: str | None, trace: str | None) -> None:
        self._keep("report_fault", invokeid, msg, except_value, trace)

    def report_done(self, invokeid: str, errortype: str | None, result: str | None) -> None:
        self._keep("report_done", invokeid, errortype, result)
        self.close_socket()

    def close_socket(self) -> None:
        """Keep what came back on the data socket, and close it."""
        if self._socket is not None:
            self._run.responses.append(self._socket.close())
            self._socket = None

    def log_bytes(self, msg: str, fileno: int) -> None:
        self._keep("log_bytes", msg, fileno)

    def send_console_message(self, msg: str) -> None:
        self._keep("send_console_message", msg)

    def get_remaining_time(self) -> int:
        self._keep("get_remaining_time")
        return 2987


def run_task(
    files: Mapping[str, str] | str,
    *invocations: Invocation,
    handler: str = "lambda_function.lambda_handler",
    mode: str = "event",
    suppress_init: bool = False,
    credentials: tuple[str, str, str] | None = START_CREDENTIALS,
) -> Run:
    """Play one execution environment to its end. `files` may be just `lambda_function.py`'s text.

    Without an invocation given, one with an empty event is handed out.
    """
    if isinstance(files, str):
        files = {"lambda_function.py": files}
    run = Run()
    start = ("request-0", mode, handler, suppress_init, credentials)
    with tempfile.TemporaryDirectory() as folder, _own_process():
        run.task = os.path.realpath(folder)
        for name, text in files.items():
            path = Path(run.task, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        runtime = FakeRuntime(run, start, invocations or (Invocation(),))
        sys.modules["runtime"] = runtime
        _become_the_platforms_process(run.task)
        _run_as_script(run)
        runtime.close_socket()
    return run


def _become_the_platforms_process(task: str) -> None:
    image = json.loads((IMAGE / "platform.json").read_text(encoding="utf-8"))
    os.environ.clear()
    os.environ.update(image["variables"])
    os.environ["LAMBDA_TASK_ROOT"] = task
    os.chdir(task)
    library = [path for path in sys.path if path and Path(path).resolve() != ROOT]
    sys.path[:] = [os.path.dirname(BOOTSTRAP), str(RUNTIME), str(SHARED), *library]
    sys.argv[:] = [BOOTSTRAP]


def _run_as_script(run: Run) -> None:
    code = compile("\n".join(SOURCE) + "\n", BOOTSTRAP, "exec", dont_inherit=True)
    main = ModuleType("__main__")
    main.__file__ = BOOTSTRAP
    sys.modules["__main__"] = main
    run.main = main.__dict__
    try:
        exec(code, main.__dict__)
    except BaseException as error:
        run.ended_by = error


@contextlib.contextmanager
def _own_process() -> Generator[None, None, None]:
    """Give back everything that a process has of its own when the played one is over."""
    modules, path, argv = dict(sys.modules), list(sys.path), list(sys.argv)
    stdout, stderr, bytecode = sys.stdout, sys.stderr, sys.dont_write_bytecode
    environment, cwd = dict(os.environ), os.getcwd()
    fromfd = socket.fromfd
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    # No `__pycache__` may appear in the image: its folder is what the reader sees.
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        yield
    finally:
        os.chdir(cwd)
        socket.fromfd = fromfd
        sys.modules.clear()
        sys.modules.update(modules)
        sys.path[:], sys.argv[:] = path, argv
        sys.stdout, sys.stderr, sys.dont_write_bytecode = stdout, stderr, bytecode
        os.environ.clear()
        os.environ.update(environment)
        root.handlers[:] = handlers
        root.setLevel(level)
        linecache.clearcache()


def line_of(text: str) -> int:
    """Return the number of the one line of the bootstrap that reads `text`."""
    lines = [number for number, line in enumerate(SOURCE, 1) if line.strip() == text]
    if len(lines) != 1:
        raise AssertionError(f"{text!r} stands on lines {lines}")
    return lines[0]


def runtime_frame(function: str, text: str) -> list[Any]:
    """Return the stackTrace entry of a frame of the bootstrap that stands at the line `text`."""
    return [BOOTSTRAP, line_of(text), function, text]


CALL_FRAME = runtime_frame("handle_event_request", "result = request_handler(json_input, context)")


def frames_to_trace(frames: Sequence[Sequence[Any]], last: str) -> str:
    """Write the trace as the log of 2016 has it."""
    text = "Traceback (most recent call last):\n"
    for file, line, function, source in frames:
        text += f'  File "{file}", line {line}, in {function}\n'
        text += f"    {source}\n" if source else ""
    return f"{text}{last}\n"
