"""One execution environment's process, made ready: its disk is there, now its Python becomes the platform's.

`prepare` is called once, before the platform's entry script runs; the interpreter then executes the
code that it returns, so that no frame of the lab lies under the reader's. `ended` is called when
that script is over and says how a real process would have ended.
"""

from __future__ import annotations

import builtins
import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from types import CodeType, TracebackType
from typing import Any

from harness.native import Border, EnvironmentEnded, NativeFinder, OutputGate
from harness.recorder import Recorder

# Frames of these places are Python's own, or ours: never recorded.
LIBRARY = ("/lib/python", "<frozen", "/harness/")


class Session:
    """What the interpreter keeps of a prepared environment."""

    def __init__(
        self,
        code: CodeType | None,
        main: dict[str, Any],
        start: Callable[[int, int], None],
        flush: Callable[[], None],
    ) -> None:
        """`code` is None when the entry script does not compile; `main` is `__main__`'s namespace."""
        self.code = code
        self.main = main
        self._start = start
        self._flush = flush

    def begin(self, events: int, output: int) -> None:
        """Start recording, in a call of its own: the entry script must be the outermost frame."""
        self._start(events, output)

    def ended(self) -> int:
        """Return the exit status, after writing to stderr what Python writes when a script fails."""
        sys.settrace(None)
        self._flush()
        return _exit_status(getattr(sys, "last_exc", None))


def prepare(
    platform: str,
    variables: str,
    call: Callable[[str, str, str], Any],
    sink: Callable[[str], object],
    wait: Callable[[Any], str] | None,
) -> Session:
    """Turn this Python into the platform's process.

    `platform` is the text of `image.json`, `variables` a JSON object: the whole environment of the
    process. `call` and `sink` lead out of Python, `wait` resolves what `call` has promised.
    """
    image = json.loads(platform)
    entry = image["entry"]
    recorder = Recorder(sink, _first_folder(entry), LIBRARY)
    gate = OutputGate(lambda limit: _tell(recorder, sink, {"kind": "cut", "what": "output", "limit": limit}))

    def start(events: int, output: int) -> None:
        gate.begin(output)
        recorder.begin(events)

    border = Border(call, wait, recorder.flush, lambda limits: start(limits["events"], limits["output"]))
    sys.meta_path.insert(0, NativeFinder(image["native"], border, gate))
    _become_process(image, json.loads(variables), border)
    return Session(_compile(entry), _fresh_main(entry), start, recorder.flush)


def _become_process(image: dict[str, Any], variables: dict[str, str], border: Border) -> None:
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(image["cwd"])
    entry = image["entry"]
    library = [path for path in sys.path if path.startswith("/lib/python")]
    python_path = [path for path in variables.get("PYTHONPATH", "").split(":") if path]
    # As Python does for a script: its folder first, then PYTHONPATH, then the library.
    sys.path[:] = [os.path.dirname(entry), *python_path, *library]
    sys.argv[:] = [entry]
    # Pyodide calls the hook while it wraps an error for JavaScript, to the streams of the moment; what a
    # process writes when its script fails is written in `ended`.
    sys.excepthook = _say_nothing
    importlib.invalidate_caches()
    _let_processes_end(border)


def _say_nothing(_kind: type[BaseException], _error: BaseException, _trace: TracebackType | None) -> None:
    pass


def _let_processes_end(border: Border) -> None:
    """Make `os._exit` and `os.abort` end this process: in a browser they would break the interpreter."""

    def _exit(status: int) -> None:
        border.cross("process", "exit", (status,))
        raise EnvironmentEnded

    def abort() -> None:
        # SIGABRT, as a shell or a platform sees it: killed by signal 6.
        _exit(-6)

    posix = sys.modules["posix"]
    for module in (os, posix):
        module._exit = _exit  # type: ignore[attr-defined]
        module.abort = abort  # type: ignore[attr-defined]


def _compile(entry: str) -> CodeType | None:
    with open(entry, encoding="utf-8") as file:
        source = file.read()
    try:
        return compile(source, entry, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        # Without the frame of ours that compiled it: Python has none there.
        sys.last_exc = error.with_traceback(None)  # type: ignore[attr-defined]
        return None


def _fresh_main(entry: str) -> dict[str, Any]:
    main = sys.modules["__main__"].__dict__
    main.clear()
    main.update(
        __name__="__main__",
        __file__=entry,
        __builtins__=builtins,
        __doc__=None,
        __package__=None,
        __spec__=None,
        __loader__=None,
    )
    return main


def _exit_status(error: BaseException | None) -> int:
    if error is None or isinstance(error, EnvironmentEnded):
        return 0
    if isinstance(error, SystemExit):
        if error.code is None or isinstance(error.code, int):
            return (error.code or 0) & 0xFF
        _write(f"{_words_of(error.code)}\n")
        return 1
    _write("".join(traceback.format_exception(error)))
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def _words_of(code: object) -> str:
    try:
        return str(code)
    except Exception:  # Python, too, writes nothing then but the end of the line
        return ""


def _write(text: str) -> None:
    """Write to the process's own stderr: the script's replacement may be what failed."""
    os.write(2, text.encode("utf-8", "backslashreplace"))


def _first_folder(entry: str) -> str:
    """Return `/var/runtime/` for `/var/runtime/awslambda/bootstrap.py`: where an image's files lie."""
    return "/".join(entry.split("/")[:3]) + "/"


def _tell(recorder: Recorder, sink: Callable[[str], object], event: dict[str, Any]) -> None:
    recorder.flush()
    sink(json.dumps([event]))
