"""Runs today's package inside the test's own process, against a Runtime API that the test plays.

Its native client is scripted, and connections end in the test: what the process sends is kept as
requests, in their order. When the scripted invocations have run out, `next` raises and so ends the
process that is played here.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import runpy
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Generator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from .lambda_2016 import SHARED, Ended, _own_process

ROOT = Path(__file__).resolve().parents[2]
IMAGE = ROOT / "src" / "platforms" / "lambda-today"
RUNTIME = IMAGE / "disk" / "var" / "runtime"
PACKAGES = IMAGE / "disk" / "var" / "lang" / "lib" / "python3.14" / "site-packages"
PACKAGE = PACKAGES / "awslambdaric"
SCRIPT = RUNTIME / "bootstrap.py"

ARN = "arn:aws:lambda:us-east-1:123456789012:function:lab"


@dataclasses.dataclass(frozen=True)
class Invocation:
    """What one `next` hands out; headers are added to the usual ones, or remove one by None."""

    event: str | bytes = "{}"
    headers: Mapping[str, str | None] = dataclasses.field(default_factory=dict[str, "str | None"])
    remaining_ms: int = 3000


@dataclasses.dataclass(frozen=True)
class Post:
    """One request of the process other than `next`."""

    path: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


@dataclasses.dataclass
class Run:
    """What the played process did, and what it left behind."""

    requests: list[str] = dataclasses.field(default_factory=list[str])
    posts: list[Post] = dataclasses.field(default_factory=list[Post])
    log: str = ""
    errors: str = ""
    task: str = ""
    ended_by: BaseException | None = None

    def file(self, name: str) -> str:
        """Return the full name of a file of the task."""
        return os.path.join(self.task, name)

    @property
    def answers(self) -> list[Any]:
        """The decoded results, all of which must be successes."""
        for post in self.posts:
            if not post.path.endswith("/response"):
                raise AssertionError(f"not a success: {post}")
        return [post.json for post in self.posts]

    @property
    def stack(self) -> list[tuple[str, str]]:
        """File and function of each frame that the error left which ended the process."""
        if self.ended_by is None:
            raise AssertionError("it has not ended")
        return stack_of(self.ended_by)

    @property
    def exit_code(self) -> object:
        """What `sys.exit` was called with."""
        if not isinstance(self.ended_by, SystemExit):
            raise AssertionError(f"not ended by sys.exit but by {self.ended_by!r}")
        return self.ended_by.code


def stack_of(error: BaseException) -> list[tuple[str, str]]:
    """Return the file's own name and the function of each frame of an error."""
    frames = traceback.extract_tb(error.__traceback__)
    return [(os.path.basename(frame.filename), frame.name) for frame in frames]


class FakeClient(ModuleType):
    """The native client: hands out what the test wrote, keeps what the package sends."""

    def __init__(
        self,
        run: Run,
        invocations: tuple[Invocation, ...],
        refusal: str | None,
        next_refusal: str | None,
    ) -> None:
        super().__init__("runtime_client")
        self._run = run
        self._invocations = list(invocations)
        self._count = 0
        self._refusal = refusal
        self._next_refusal = next_refusal
        self.user_agent = ""

    def initialize_client(self, user_agent: str) -> None:
        self.user_agent = user_agent

    def next(self) -> tuple[bytes, dict[str, str]]:
        self._run.requests.append("GET /invocation/next")
        if self._next_refusal is not None:
            raise RuntimeError(self._next_refusal)
        if not self._invocations:
            raise Ended
        invocation = self._invocations.pop(0)
        self._count += 1
        headers: dict[str, str | None] = {
            "content-type": "application/json",
            "lambda-runtime-aws-request-id": f"request-{self._count}",
            "lambda-runtime-deadline-ms": str(int(time.time() * 1000) + invocation.remaining_ms),
            "lambda-runtime-invoked-function-arn": ARN,
            **invocation.headers,
        }
        event = invocation.event
        body = event.encode("utf-8") if isinstance(event, str) else event
        return body, {name: value for name, value in headers.items() if value is not None}

    def post_invocation_result(self, invoke_id: str, body: bytes, content_type: str) -> None:
        self._post(f"/invocation/{invoke_id}/response", body, {"content-type": content_type})

    def post_error(self, invoke_id: str, body: bytes, xray_cause: str) -> None:
        self._post(f"/invocation/{invoke_id}/error", body, {"cause": xray_cause})

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        if not isinstance(body, bytes):
            raise AssertionError(f"not bytes: {body!r}")
        self._run.requests.append(f"POST {path}")
        self._run.posts.append(Post(path, body, headers))
        if self._refusal is not None:
            raise RuntimeError(self._refusal)


class FakeConnection:
    """A connection to the Runtime API, as far as `http.client` uses one."""

    def __init__(self, run: Run, statuses: Mapping[str, int]) -> None:
        self._run = run
        self._statuses = statuses
        self._sent = b""

    def sendall(self, data: bytes) -> None:
        self._sent += data

    def makefile(self, *_args: Any, **_kwargs: Any) -> io.BytesIO:
        head, _, body = self._sent.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, path, _ = first.split(" ")
        path = path.removeprefix("/2018-06-01/runtime")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        self._run.requests.append(f"{method} {path}")
        if method == "POST":
            self._run.posts.append(Post(path, body, headers))
        status = self._statuses.get(path, 200 if method == "GET" else 202)
        return io.BytesIO(f"HTTP/1.1 {status} Status\r\nContent-Length: 2\r\n\r\nno".encode())

    def setsockopt(self, *_args: Any) -> None:
        pass

    def close(self) -> None:
        pass


def run_task(
    files: Mapping[str, str] | str,
    *invocations: Invocation,
    handler: str | None = "lambda_function.lambda_handler",
    start: str = "image",
    variables: Mapping[str, str] | None = None,
    statuses: Mapping[str, int] | None = None,
    refusal: str | None = None,
    next_refusal: str | None = None,
    stdout: io.TextIOBase | None = None,
) -> Run:
    """Play one execution environment to its end. `files` may be just `lambda_function.py`'s text.

    Without an invocation given, one with an empty event is handed out. `statuses` are answers to
    requests of `http.client` by path; `refusal` is what the native client raises at each post, `next_refusal`
    at the first `next`. The process writes to `stdout`, if it is given.
    """
    if isinstance(files, str):
        files = {"lambda_function.py": files}
    run = Run()
    with tempfile.TemporaryDirectory() as folder, _own_process(), _own_connections(run, statuses or {}):
        run.task = os.path.realpath(folder)
        for name, text in files.items():
            path = Path(run.task, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        sys.modules["runtime_client"] = FakeClient(run, invocations or (Invocation(),), refusal, next_refusal)
        _become_the_platforms_process(run.task, handler, variables or {})
        output, errors = io.StringIO(), io.StringIO()
        sys.stdout, sys.stderr = stdout or output, errors
        try:
            _start(start, run.task, handler)
        except BaseException as error:
            run.ended_by = error
        run.log, run.errors = output.getvalue(), errors.getvalue()
    return run


def _start(start: str, task: str, handler: str | None) -> None:
    library = [path for path in sys.path if path and Path(path).resolve() != ROOT]
    sys.modules["__main__"] = ModuleType("__main__")
    arguments = [] if handler is None else [handler]
    if start == "image":
        sys.path[:] = [task, str(PACKAGES), str(SHARED), *library]
        sys.argv[:] = ["-m", *arguments]
        runpy._run_module_as_main("awslambdaric")
        return
    sys.path[:] = [str(RUNTIME), str(PACKAGES), str(SHARED), *library]
    sys.argv[:] = [str(SCRIPT)]
    main = sys.modules["__main__"].__dict__
    main["__file__"] = str(SCRIPT)
    exec(compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec", dont_inherit=True), main)


def _become_the_platforms_process(task: str, handler: str | None, variables: Mapping[str, str]) -> None:
    image = json.loads((IMAGE / "platform.json").read_text(encoding="utf-8"))
    os.environ.clear()
    os.environ.update(image["variables"])
    # The descriptor for log frames is the platform's to open: without it the log goes to standard output.
    del os.environ[image["telemetry"]]
    os.environ["LAMBDA_TASK_ROOT"] = task
    os.environ["_HANDLER"] = handler or ""
    os.environ.update(variables)
    os.chdir(task)
    for name in [
        name for name in sys.modules if name.split(".")[0] in ("awslambdaric", "snapshot_restore_py")
    ]:
        del sys.modules[name]


@contextlib.contextmanager
def _own_connections(run: Run, statuses: Mapping[str, int]) -> Generator[None, None, None]:
    create = socket.create_connection
    socket.create_connection = lambda *_args, **_kwargs: FakeConnection(run, statuses)  # type: ignore[assignment]
    try:
        yield
    finally:
        socket.create_connection = create
