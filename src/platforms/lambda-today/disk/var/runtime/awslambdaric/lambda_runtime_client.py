# SPDX-License-Identifier: Apache-2.0
"""The Runtime API, seen from the process: one method for each request that it may send [AWSDOC, M].

Two ways lead there, as in the original. Invocations and their answers go through `runtime_client`,
which is not Python; errors of the init phase and of a restore go through Python's `http.client`.
"""

import sys
from collections.abc import Mapping

import runtime_client
from awslambdaric import __version__

BASE_PATH = "/2018-06-01/runtime"

# A cause from this size on would burst the request's head: it is left out [RIC].
XRAY_CAUSE_LIMIT = 1024 * 1024


class LambdaRuntimeClientError(Exception):
    """The Runtime API answered with a status that it should not have. Inferred: the words."""

    def __init__(self, path: str, status: int, body: str) -> None:
        super().__init__(f"Request to the Runtime API '{path}' failed with status {status}: {body}")


class InvocationRequest:
    """One invocation as `next` handed it out: its body, and what the headers say of it."""

    def __init__(self, body: bytes, headers: Mapping[str, str]) -> None:
        self.event_body = body
        self.invoke_id = headers["lambda-runtime-aws-request-id"]
        self.content_type = headers.get("content-type")
        self.deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms", 0))
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.x_amzn_trace_id = headers.get("lambda-runtime-trace-id")
        self.client_context = headers.get("lambda-runtime-client-context")
        self.cognito_identity = headers.get("lambda-runtime-cognito-identity")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")


class LambdaRuntimeClient:
    """Speaks with the Runtime API at one address."""

    def __init__(self, address: str) -> None:
        self._address = address
        version = ".".join(map(str, sys.version_info[:3]))
        runtime_client.initialize_client(f"aws-lambda-python/{version}-{__version__}")

    def wait_next_invocation(self) -> InvocationRequest:
        """Wait until there is an invocation: between two of them the process stands here.

        In the original a thread of its own does the waiting for Python 3.12 and later, so that the
        main one can run signal handlers [M]. A browser has neither threads nor signals, so here the
        main thread waits.
        """
        body, headers = runtime_client.next()
        return InvocationRequest(body, headers)

    def post_invocation_result(self, invoke_id: str, result: str | bytes, content_type: str) -> None:
        """Answer an invocation. What cannot be sent, or is refused, ends the process [M]."""
        try:
            body = result.encode("utf-8") if isinstance(result, str) else result
            runtime_client.post_invocation_result(invoke_id, body, content_type)
        except Exception as error:
            self.handle_exception(error)

    def post_invocation_error(self, invoke_id: str, error_result: str, xray_cause: str) -> None:
        """Answer an invocation with an error; the cause is for the X-Ray service, in a header [M]."""
        try:
            cause = xray_cause if len(xray_cause.encode("utf-8")) < XRAY_CAUSE_LIMIT else ""
            runtime_client.post_error(invoke_id, error_result.encode("utf-8"), cause)
        except Exception as error:
            self.handle_exception(error)

    def handle_exception(self, error: Exception) -> None:
        """Decide what a failed answer means: this process cannot go on, so the error leaves it [M]."""
        raise error

    def post_init_error(self, error_result: str, error_type: str) -> None:
        """Say that the init phase has failed, and by which type of error [M]."""
        self._request("POST", "/init/error", 202, error_result, error_type)

    def restore_next(self) -> None:
        """Wait until a snapshot of this process has been restored [AWSDOC]."""
        self._request("GET", "/restore/next", 200)

    def post_restore_error(self, error_result: str, error_type: str) -> None:
        """Say that a hook has failed after the restore."""
        self._request("POST", "/restore/error", 202, error_result, error_type)

    def _request(
        self, method: str, path: str, expected: int, body: str | None = None, error_type: str | None = None
    ) -> None:
        """Send one request over a connection of its own, and see that it is taken."""
        # Imported here and not above: it takes most of a cold start, and most lives never need it.
        import http.client

        headers = {} if error_type is None else {"Lambda-Runtime-Function-Error-Type": error_type}
        data = None if body is None else body.encode("utf-8")
        connection = http.client.HTTPConnection(self._address)
        try:
            connection.request(method, BASE_PATH + path, data, headers)
            response = connection.getresponse()
            answer = response.read().decode("utf-8", "replace")
        finally:
            connection.close()
        if response.status != expected:
            raise LambdaRuntimeClientError(path, response.status, answer)
