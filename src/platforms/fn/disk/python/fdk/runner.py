# SPDX-License-Identifier: Apache-2.0
"""Calls your function, and makes an answer of what becomes of it."""

import asyncio
import importlib.util
import inspect
import io
import os
import sys
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any

from fdk.context import HTTP_HEADER, InvokeContext
from fdk.http_server import Answer, Request
from fdk.response import Response

# The release whose behaviour this model follows.
VERSION = "fdk-python/0.1.117"


class Function:
    """Your file and the name of the function in it."""

    def __init__(self, file: str, entrypoint: str = "handler") -> None:
        """Keep the names alone: nothing of yours is read before the first call [FDK]."""
        self._file = file
        self._entrypoint = entrypoint
        self._module: ModuleType | None = None

    def call(self, request: Request) -> Answer:
        """Answer one call.

        An exception is a 502 with its words, a TimeoutError a 504 [FDK]. Inferred: what is no `Exception`,
        SystemExit above all, ends the process.
        """
        frame_log(request)
        context = InvokeContext(request.headers)
        try:
            handler = self.load()
            result = handler(context, data=io.BytesIO(request.body))
            if inspect.iscoroutine(result):
                result = asyncio.run(result)
            answer = answer_with(context, 200, result)
        except TimeoutError as error:
            answer = fail(context, 504, error)
        except Exception as error:
            answer = fail(context, 502, error)
        frame_log(request)
        # The log is whole before Fn's server learns that the call is over.
        sys.stdout.flush()
        sys.stderr.flush()
        return answer

    def load(self) -> Callable[..., Any]:
        """Import your file at the first call, and keep it [FDK].

        Inferred: after a failure the next call tries anew.
        """
        if self._module is None:
            name = os.path.basename(self._file).removesuffix(".py")
            spec = importlib.util.spec_from_file_location(name, self._file)
            if spec is None or spec.loader is None:
                raise ImportError(f"{self._file} is no Python file")
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
            self._module = module
        return getattr(self._module, self._entrypoint)


def answer_with(context: InvokeContext, status: int, result: Any) -> Answer:
    """Make an answer of what a function returned.

    Nothing, or what counts as nothing, is an empty body; other things are written as `str` writes them [FDK].
    """
    body = result.body if isinstance(result, Response) else result
    data = body if isinstance(body, bytes) else str(body).encode() if body else b""
    headers = {
        # Inferred: unless the function says otherwise.
        "Content-Type": "application/json",
        **context.response_headers,
        "Fn-Fdk-Version": VERSION,
        "Fn-Fdk-Runtime": f"python/{sys.version.split()[0]}",
    }
    if context.is_http_request:
        # The status and the headers for the caller travel beside this answer's own [FN].
        own = {
            name: value for name, value in context.response_headers.items() if name.lower() != "content-type"
        }
        for name, value in own.items():
            headers[HTTP_HEADER.title() + name] = headers.pop(name) and value
        headers["Fn-Http-Status"] = str(context.response_status)
    return Answer(status, headers, data)


def fail(context: InvokeContext, status: int, error: Exception) -> Answer:
    """Log an error on one line, its line ends written out, and answer with its words [FDK]."""
    print(traceback.format_exc().replace("\n", "\\n"), file=sys.stderr)
    context.response_headers.clear()
    context.response_status = status
    return answer_with(context, status, str(error))


def frame_log(request: Request) -> None:
    """Write the line by which both streams of the log are cut into calls, if Fn asks for one [FDK].

    Inferred: the same line before and behind each call.
    """
    name = os.environ.get("FN_LOGFRAME_NAME")
    header = os.environ.get("FN_LOGFRAME_HDR")
    value = request.headers.get(header.lower()) if header else None
    if name and value:
        for stream in (sys.stdout, sys.stderr):
            print(f"\n{name}={value}", file=stream, flush=True)
