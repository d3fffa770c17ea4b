"""OpenWhisk's launcher in the test's own process, on a real pipe, and its older proxy as a module."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import io
import os
import sys
import tempfile
from collections.abc import Generator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

IMAGES = Path(__file__).resolve().parents[2] / "src" / "platforms"
LAUNCHER = IMAGES / "openwhisk-actionloop" / "disk" / "action" / "1" / "bin" / "exec__.py"
PROXY = IMAGES / "openwhisk-flask" / "disk" / "proxy" / "proxy.py"

ANSWERS = 3


@dataclasses.dataclass
class Run:
    """What the launcher's process wrote, and how it ended."""

    answers: list[str]
    stdout: str
    stderr: str
    ended_by: BaseException | None
    variables: dict[str, str]

    @property
    def status(self) -> int:
        """The exit status that Python would end with."""
        if isinstance(self.ended_by, SystemExit):
            return int(self.ended_by.code or 0)
        return 0 if self.ended_by is None else 1


def run_launcher(source: str, *lines: str, variables: Mapping[str, str] | None = None) -> Run:
    """Run the launcher with `source` as the action's `main__.py`, until its input is at its end."""
    text = "".join(f"{line}\n" for line in lines)
    with tempfile.TemporaryDirectory() as folder, _own_process() as reading:
        Path(folder, "main__.py").write_text(source, encoding="utf-8")
        os.environ.clear()
        os.environ.update({"__OW_WAIT_FOR_ACK": "1"} if variables is None else variables)
        sys.path.insert(0, folder)
        sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        sys.stdout, sys.stderr = out, err
        main = ModuleType("__main__")
        sys.modules["__main__"] = main
        ended_by: BaseException | None = None
        try:
            exec(compile(LAUNCHER.read_text(encoding="utf-8"), str(LAUNCHER), "exec"), main.__dict__)
        except BaseException as error:
            ended_by = error
        # Its file on the pipe must not close what the next run opens under that number.
        answers = main.__dict__.get("answers")
        if answers is not None:
            answers.close()
        else:
            os.close(ANSWERS)
        with contextlib.suppress(BlockingIOError):
            written = os.read(reading, 1_000_000)
            lines_written = written.decode().splitlines(keepends=True)
            return Run(lines_written, out.getvalue(), err.getvalue(), ended_by, dict(os.environ))
        return Run([], out.getvalue(), err.getvalue(), ended_by, dict(os.environ))


@contextlib.contextmanager
def _own_process() -> Generator[int, None, None]:
    """Give a pipe under the launcher's number and yield its other end; then give everything back."""
    modules, path = dict(sys.modules), list(sys.path)
    streams = sys.stdin, sys.stdout, sys.stderr
    environment = dict(os.environ)
    try:
        kept = os.dup(ANSWERS)
    except OSError:
        kept = None
    end, other = os.pipe()
    reading = os.dup2(end, 230)
    os.dup2(other, ANSWERS)
    for fd in {end, other} - {ANSWERS}:
        os.close(fd)
    try:
        yield reading
    finally:
        os.close(reading)
        if kept is not None:
            os.dup2(kept, ANSWERS)
            os.close(kept)
        sys.modules.clear()
        sys.modules.update(modules)
        sys.path[:] = path
        sys.stdin, sys.stdout, sys.stderr = streams
        os.environ.clear()
        os.environ.update(environment)
        importlib.invalidate_caches()


def load_proxy(folder: str) -> Any:
    """Return the older proxy's module, as new, whose actions lie in `folder`."""
    sys.path.insert(0, str(PROXY.parent))
    try:
        spec = importlib.util.spec_from_file_location("proxy", PROXY)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(PROXY.parent))
    module.FOLDER = folder  # type: ignore[attr-defined]
    return module
