"""Does what a run does, to no effect, so that the first real run finds it compiled.

WebAssembly is compiled function by function, each when it is first called; in a spare environment there is
time for that. Files, modules, streams and the trace function are as before when it ends.
"""

from __future__ import annotations

import base64
import http.client
import importlib
import io
import json
import linecache
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from harness.library import names_imported_by
from harness.native import Border, NativeFinder, OutputGate
from harness.recorder import Recorder
from harness.streams import StandardFile
from harness.wire import Wire

FOLDER = "/rehearsal"
MODULE = "rehearsal_handler"

SOURCE = '''"""A handler that does a little of everything."""
from __future__ import annotations

import json
import logging
import os
import sys
import time
import traceback
import uuid
from dataclasses import dataclass


class Meter:
    unit = "m"

    def __init__(self, *values: float, **named: object) -> None:
        self.values, self.named = list(values), {**named, "n": len(values)}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.values!r:>10})"

    @property
    def mean(self) -> float:
        return sum(self.values) / max(1, len(self.values))


def count(limit):
    for number in range(limit):
        yield number, str(number).zfill(4)


def fail(text):
    try:
        raise KeyError(text)
    except KeyError as error:
        raise ValueError("no number: %s" % text) from error
    finally:
        text = None


def handler(event, context=None, *rest, key="é", **options):
    meter = Meter(1, 2.5, -3e9, unit="m")
    pairs = dict(count(12))
    names = sorted({*event, "z", b"bytes".decode(), key.encode("utf-8").hex()}, key=len)
    text = "\\n".join(line.strip().upper() for line in "a b\\nc".split("\\n") if line)
    numbers = [meter.mean, 7 // 2, 7 % 4, 2**70, ~5 & 3 | 8, round(2.345, 2), abs(-1), min(3, 1), hash(text)]
    try:
        fail("x")
    except ValueError:
        trace = traceback.format_exc()
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(0))
    with open(__file__, encoding="utf-8") as file:
        first = file.readline()
    files = [name for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py")]
    traceback.print_stack(limit=3, file=options["out"])
    logging.LogRecord("a", 20, "b", 1, "%s %d", ("x", 1), None).getMessage()
    print("Event:", event, numbers, sep=" ", file=options["out"], flush=True)
    return json.dumps({"names": names, "pairs": list(pairs.items())[:3], "text": text, "now": now,
                       "id": str(uuid.UUID(int=5)), "first": first, "files": files, "trace": trace,
                       "path": sys.path[:1], "meter": repr(meter), "none": [None, True, 1.5]}, indent=1)
'''

ANSWER = (
    b"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nContent-Type: application/json\r\n"
    b"Content-Length: 14\r\n\r\n"
    b'{"a": [1, 2]}\n'
)


def rehearse(wait: Callable[[Any], Any] | None, promise: Any) -> None:
    """Run a handler under the trace, print, and ask a server; `wait` suspends Python for `promise`."""
    environ = dict(os.environ)
    folder = os.getcwd()
    os.mkdir(FOLDER)
    path = f"{FOLDER}/{MODULE}.py"
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(SOURCE)
        os.chdir(FOLDER)
        os.environ["REHEARSAL"] = "1"
        list(names_imported_by(path))
        if wait is not None:
            wait(promise)
        _ask_server()
        _run(path)
    finally:
        sys.settrace(None)
        os.environ.clear()
        os.environ.update(environ)
        os.chdir(folder)
        os.remove(path)
        os.rmdir(FOLDER)
        sys.path_importer_cache.pop(FOLDER, None)
        linecache.clearcache()


def _run(path: str) -> None:
    """Import the handler and call it, recorded."""
    recorder = Recorder(lambda events: json.loads(events), ("/nowhere/",), ("/lib/", "<", "/harness/"))
    gate = OutputGate(lambda _limit: None)
    gate.begin(1 << 20)
    out = io.TextIOWrapper(
        io.BufferedWriter(StandardFile(1, "<stdout>", recorder.flush, gate)),
        encoding="utf-8",
        line_buffering=True,
    )
    sys.path.insert(0, FOLDER)
    # A script is compiled and executed, a handler imported.
    exec(compile(SOURCE, path, "exec", dont_inherit=True), {"__name__": "rehearsal", "__file__": path})
    recorder.begin(1000, watches_disk=False)
    try:
        module = importlib.import_module(MODULE)
        module.handler(json.loads('{"key": [1, 2.5, "text", null, true], "é": {"a": {}}}'), out=out)
        try:
            module.fail("y")
        except ValueError as error:
            report = traceback.TracebackException.from_exception(error)
            "".join(report.format())
    finally:
        recorder.begin(0, watches_disk=False)
        recorder.flush()
        sys.path.remove(FOLDER)
        sys.modules.pop(MODULE, None)


def _ask_server() -> None:
    """Cross the border, by a native module's function and by HTTP."""

    def answer(module: str, _name: str, _args: str) -> str:
        data = {"base64": base64.b64encode(ANSWER).decode("ascii")}
        value = ["request", data] if module == "rehearsal_native" else data
        return json.dumps({"value": value})

    border = Border(answer, None, lambda _module, _name: None, lambda _limits: None)
    gate = OutputGate(lambda _limit: None)
    native: dict[str, Any] = {"module": "rehearsal_native", "origin": None, "functions": ["next"]}
    finder = NativeFinder([native], border, gate)  # type: ignore[list-item]
    sys.meta_path.insert(0, finder)
    try:
        importlib.import_module("rehearsal_native").next("text", b"bytes")
    finally:
        sys.meta_path.remove(finder)
        sys.modules.pop("rehearsal_native", None)
    connection = http.client.HTTPConnection("127.0.0.1", 1)
    connection.sock = Wire(border)  # type: ignore[assignment]
    connection.request(
        "POST", "/next", b"{}", {"User-Agent": "rehearsal", "Content-Type": "application/json"}
    )
    response = connection.getresponse()
    response.getheader("Content-Type")
    json.loads(response.read())
    connection.close()
    logging.Formatter("%(asctime)s %(message)s").format(
        logging.LogRecord("rehearsal", logging.INFO, FOLDER, 1, "%s", (time.monotonic(),), None)
    )
