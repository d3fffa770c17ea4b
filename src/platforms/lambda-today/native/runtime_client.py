# SPDX-License-Identifier: Apache-2.0
"""The native client of the Runtime API for a Python of your own: the same four functions over a socket.

With it the package runs outside the sandbox, against any Runtime API server. In a task's folder:

    PYTHONPATH=PACKAGES:NATIVE AWS_LAMBDA_RUNTIME_API=HOST:PORT python3 -m awslambdaric MODULE.FUNCTION

PACKAGES is src/platforms/lambda-today/disk/var/lang/lib/python3.14/site-packages of this repository, NATIVE
this file's own folder.
"""

import http.client
import os
import signal
import time
from typing import NoReturn

BASE_PATH = "/2018-06-01/runtime"
REQUEST_ID = "lambda-runtime-aws-request-id"

_headers: dict[str, str] = {"Accept": "*/*"}


def initialize_client(user_agent: str) -> None:
    """Take the name that every request is to carry."""
    _headers["User-Agent"] = user_agent


def next() -> tuple[bytes, dict[str, str]]:
    """Block until there is an invocation; there is no time-out, for it may be a long while."""
    status, body, headers = _request("GET", "/invocation/next")
    if not 200 <= status < 300:
        _fail(f"Failed to get next invocation. Http Response code: {status}", "Failed to get next")
    if REQUEST_ID not in headers:
        _fail(f"Failed to find header {REQUEST_ID} in response", "Failed to get next")
    if "content-type" not in headers:
        # The original reads that header without looking whether it is there [M].
        os.kill(os.getpid(), signal.SIGSEGV)
    return body, headers


def post_invocation_result(invoke_id: str, body: bytes, content_type: str) -> None:
    """Send a result; raise RuntimeError when it is not taken."""
    _post(f"/invocation/{invoke_id}/response", body, content_type, {}, "Failed to post invocation response")


def post_error(invoke_id: str, body: bytes, xray_cause: str) -> None:
    """Send an error; raise RuntimeError when it is not taken."""
    headers = {"Lambda-Runtime-Function-XRay-Error-Cause": xray_cause}
    path = f"/invocation/{invoke_id}/error"
    _post(path, body, "application/json", headers, "Failed to post invocation error")


def _post(path: str, body: bytes, content_type: str, headers: dict[str, str], failure: str) -> None:
    if any(character <= " " or character == "\x7f" for character in path):
        # An id with blanks makes no URL: nothing is sent [M].
        raise RuntimeError(failure)
    status, answer, _ = _request("POST", path, body, {"Content-Type": content_type, **headers})
    if not 200 <= status < 300:
        text = answer.decode("utf-8", "replace")
        # The words of the log's line are the same for a result and for an error [M].
        _fail(f"Failed to post handler success response. Http response code: {status}. {text}", failure)


def _request(
    method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes, dict[str, str]]:
    """Send one request, on a connection of its own; header values go out as UTF-8."""
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        connection.putrequest(method, BASE_PATH + path, skip_accept_encoding=True)
        for name, value in {**_headers, **(headers or {})}.items():
            if not value:
                # The original's libcurl leaves out a header without a value.
                continue
            connection.putheader(name, value.encode("utf-8"))
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        answer = response.read()
    finally:
        connection.close()
    received = {name.lower(): utf8(value).strip() for name, value in response.getheaders()}
    # An empty header is as none [M].
    return response.status, answer, {name: value for name, value in received.items() if value}


def utf8(value: str) -> str:
    """Read a header's value as UTF-8; Python has read it as Latin-1."""
    return value.encode("latin-1").decode("utf-8", "replace")


def _fail(line: str, failure: str) -> NoReturn:
    print(f"[ERROR] [{time.time_ns() // 1_000_000}] LAMBDA_RUNTIME {line}", flush=True)
    raise RuntimeError(failure)
