# SPDX-License-Identifier: Apache-2.0
"""The Runtime API, seen from the process: one method for each request that it may send [AWSDOC, M].

Two ways lead there, as in the original. Invocations and their answers go through `runtime_client`,
which is not Python; errors of the init phase and of a restore go through Python's `http.client`.
"""

import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, thread

import runtime_client
from awslambdaric import __version__
from awslambdaric.lambda_runtime_exception import FaultException

BASE_PATH = "/2018-06-01/runtime"

# A cause from this size on would burst the request's head: it is left out [RIC].
XRAY_CAUSE_LIMIT = 1024 * 1024

Next = tuple[bytes, dict[str, str]]


class LambdaRuntimeClientError(Exception):
    """The Runtime API answered with a status that it should not have [M]."""

    def __init__(self, endpoint: str, status: int, body: bytes) -> None:
        super().__init__(
            f"Request to Lambda Runtime '{endpoint}' endpoint failed. "
            f"Reason: '{status}'. Response body: '{body!r}'"
        )


class InvocationRequest:
    """One invocation as `next` handed it out: its body, and what the headers say of it.

    The native client leaves out a header that is empty; an ARN there always is, if only as "" [M].
    """

    def __init__(self, body: bytes, headers: Mapping[str, str]) -> None:
        self.event_body = body
        self.invoke_id = headers["lambda-runtime-aws-request-id"]
        self.content_type = headers.get("content-type")
        self.deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms", 0))
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn", "")
        self.x_amzn_trace_id = headers.get("lambda-runtime-trace-id")
        self.client_context = headers.get("lambda-runtime-client-context")
        self.cognito_identity = headers.get("lambda-runtime-cognito-identity")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")


class LambdaRuntimeClient:
    """Speaks with the Runtime API at one address."""

    def __init__(self, address: str, uses_thread: bool) -> None:
        self._address = address
        self._uses_thread = uses_thread
        version = ".".join(map(str, sys.version_info[:3]))
        runtime_client.initialize_client(f"aws-lambda-python/{version}-{__version__}")

    # ---- Invocations: through the native client ----

    def wait_next_invocation(self) -> InvocationRequest:
        """Wait until there is an invocation: between two of them the process stands here.

        In the original a thread of a pool does the waiting for Python 3.12 and later, so that the
        main one can run signal handlers [M]. A browser has no threads: here the main one does that
        thread's work, too, and an error goes the same way. Without an invocation the process ends.
        """
        try:
            if self._uses_thread:
                future: Future[Next] = Future()
                run_work_item(future, self._get_next)
                body, headers = future.result()
            else:
                body, headers = self._get_next()
        except Exception as error:
            message = f"LAMBDA_RUNTIME Failed to get next invocation: {error}"
            # Not `from`: the log shows both errors, the first one as what was being handled [M].
            raise FaultException(FaultException.LAMBDA_RUNTIME_CLIENT_ERROR, message, None)  # noqa: B904
        return InvocationRequest(body, headers)

    def _get_next(self) -> Next:
        try:
            return runtime_client.next()
        except Exception as error:
            self.handle_exception(error)
            raise

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
        """Decide what a failed request means: this process cannot go on, so the error leaves it [M]."""
        raise error

    # ---- The init phase and a restore: through Python's `http.client` ----

    def post_init_error(self, error_result: str, error_type: str) -> None:
        """Say that the init phase has failed, and by which type of error [M]."""
        try:
            self.call_rapid("POST", "/init/error", 202, error_result, error_type)
        except Exception as error:
            self.handle_init_error(error)

    def handle_init_error(self, error: Exception) -> None:
        """Decide what it means that not even this could be said: the error leaves the process [M]."""
        raise error

    def restore_next(self) -> None:
        """Wait until a snapshot of this process has been restored [AWSDOC]."""
        self.call_rapid("GET", "/restore/next", 200)

    def report_restore_error(self, error_result: str, error_type: str) -> None:
        """Say that a hook has failed after the restore [M]."""
        self.call_rapid("POST", "/restore/error", 202, error_result, error_type)

    def call_rapid(
        self, method: str, path: str, expected: int, body: str | None = None, error_type: str | None = None
    ) -> None:
        """Send one request over a connection of its own, and see that it is taken.

        The body is text, and `http.client` sends text as Latin-1. What has other characters, be it only
        in a comment on a line of the stack, cannot be sent: UnicodeEncodeError ends the process [M].
        """
        # Imported here and not above: it takes most of a cold start, and most lives never need it.
        import http.client

        headers = {} if error_type is None else {"Lambda-Runtime-Function-Error-Type": error_type}
        endpoint = BASE_PATH + path
        connection = http.client.HTTPConnection(self._address)
        try:
            connection.request(method, endpoint, body, headers)
            response = connection.getresponse()
            answer = response.read()
        finally:
            connection.close()
        if response.status != expected:
            raise LambdaRuntimeClientError(endpoint, response.status, answer)


def run_work_item(future: Future[Next], function: Callable[[], Next]) -> None:
    """Do what a pool's thread does with one call: run it, and put what comes of it into the future."""
    library = vars(thread)
    if "WorkerContext" not in library:
        # Until Python 3.13 the item does all of it.
        library["_WorkItem"](future, function, (), {}).run()
        return
    try:
        future.set_result(library["WorkerContext"](None, ()).run((function, (), {})))
    except BaseException as error:
        trace = error.__traceback__
        # Without this function's own frame, which no thread has.
        future.set_exception(error.with_traceback(trace and trace.tb_next))
