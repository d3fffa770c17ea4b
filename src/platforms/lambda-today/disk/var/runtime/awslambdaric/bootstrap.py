# SPDX-License-Identifier: Apache-2.0
"""One execution environment's life: find the handler, then call it for each invocation.

Begin with `run` at the end of the file. These two frames, `run` and `handle_event_request`, stand
below your handler in every trace of today [M, TB311].
"""

import importlib
import logging
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from awslambdaric import lambda_context, lambda_runtime_hooks_runner
from awslambdaric.lambda_config import LambdaConfig
from awslambdaric.lambda_context import LambdaContext
from awslambdaric.lambda_literals import INIT_ERROR_WARNING
from awslambdaric.lambda_runtime_client import InvocationRequest, LambdaRuntimeClient
from awslambdaric.lambda_runtime_exception import FaultException
from awslambdaric.lambda_runtime_log_utils import (
    LogSink,
    Unbuffered,
    create_log_sink,
    log_error,
    setup_logging,
)
from awslambdaric.lambda_runtime_marshaller import (
    marshal_response,
    to_json,
    unmarshal_header,
    unmarshal_request,
)

# A handler takes the event and the context, and returns what goes back to the caller.
RequestHandler = Callable[[Any, Any], Any]

# What the process ends with when the platform has been told of an error [M].
EXIT_INIT_ERROR = 1
EXIT_BEFORE_SNAPSHOT_ERROR = 64
EXIT_AFTER_RESTORE_ERROR = 65


# ---- Find the handler -------------------------------------------------------------------------


def get_handler(handler: str) -> RequestHandler:
    """Return what a name like `lambda_function.lambda_handler` stands for; its module is imported here.

    Whether the thing found can be called is not looked at: the call will show it. An exception that
    the module raises while it is imported leaves as it is, unless its class is one of the two below.
    """
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as error:
        message = f"Bad handler '{handler}': {error}"
        raise FaultException(FaultException.MALFORMED_HANDLER_NAME, message) from None
    refuse_built_in(module_name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        raise FaultException(FaultException.IMPORT_MODULE_ERROR, message) from None
    except SyntaxError as error:
        message = f"Syntax error in module '{module_name}': {error}"
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text or ""}']
        raise FaultException(FaultException.USER_CODE_SYNTAX_ERROR, message, trace) from None
    try:
        return getattr(module, function_name)
    except AttributeError:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        raise FaultException(FaultException.HANDLER_NOT_FOUND, message) from None


def refuse_built_in(module_name: str) -> None:
    """Refuse the name of a module that is built into Python: it would win over the task's file [M]."""
    first_name = module_name.replace("/", ".").split(".")[0]
    if first_name in sys.builtin_module_names:
        message = f"Cannot use built-in module {module_name} as a handler module"
        raise FaultException(FaultException.BUILT_IN_MODULE_CONFLICT, message)


# ---- What is told of an error -----------------------------------------------------------------


def make_error(message: str, error_type: str, stack_trace: list[str], invoke_id: str = "") -> dict[str, Any]:
    """Return the answer that the caller gets for an error: these four keys, in this order [M]."""
    return {
        "errorMessage": message,
        "errorType": error_type,
        "requestId": invoke_id,
        "stackTrace": stack_trace,
    }


def make_xray_cause(message: str, error_type: str, frames: list[traceback.FrameSummary]) -> dict[str, Any]:
    """Return the same error as the X-Ray service wants it: every frame, none folded [M]."""
    stack = [{"label": frame.name, "path": frame.filename, "line": frame.lineno} for frame in frames]
    return {
        "working_directory": os.getcwd(),
        "exceptions": [{"message": message, "type": error_type, "stack": stack}],
        "paths": list(dict.fromkeys(frame.filename for frame in frames)),
    }


def frames_of(error: BaseException) -> list[traceback.FrameSummary]:
    """Return the frames of an error from the handler inwards.

    The runtime's own go: all at the front whose file has `/bootstrap.py` in its name, be it the
    runtime's or yours. When that would be all of them, they stay [M].
    """
    frames = list(traceback.extract_tb(error.__traceback__))
    own = 0
    while own < len(frames) and "/bootstrap.py" in frames[own].filename:
        own += 1
    return frames[own:] or frames


def format_frames(frames: list[traceback.FrameSummary]) -> list[str]:
    """Write frames as Python does, without `^^^^` below the source; repeats are folded [M]."""
    return traceback.format_list([(f.filename, f.lineno or 0, f.name, f.line) for f in frames])


# ---- Handle an invocation ---------------------------------------------------------------------


def handle_event_request(
    request_handler: RequestHandler,
    request: InvocationRequest,
    lambda_runtime_client: LambdaRuntimeClient,
    logs_json: bool,
    log_sink: LogSink,
) -> None:
    """Decode the event, call the handler, encode its result, and post how it went.

    Only an `Exception` is answered. What stands outside, `SystemExit` above all, leaves through the
    loop in `run` and ends the process [M].
    """
    try:
        event = unmarshal_request(request.event_body, request.content_type)
        context = create_context(request)
        response = request_handler(event, context)
        result, content_type = marshal_response(response)
    except FaultException as fault:
        error_result = make_error(fault.msg, fault.exception_type, fault.trace, request.invoke_id)
        xray_cause = make_xray_cause(fault.msg, "LambdaValidationError", [])
    except Exception as error:
        # Inside this function on purpose: an exception whose text cannot be had ends the process [M].
        message = str(error)
        frames = frames_of(error)
        error_type = type(error).__name__
        error_result = make_error(message, error_type, format_frames(frames), request.invoke_id)
        xray_cause = make_xray_cause(message, error_type, frames)
    else:
        lambda_runtime_client.post_invocation_result(request.invoke_id, result, content_type)
        return
    log_error(error_result, logs_json, log_sink)
    lambda_runtime_client.post_invocation_error(request.invoke_id, to_json(error_result), to_json(xray_cause))


def create_context(request: InvocationRequest) -> LambdaContext:
    """Make the handler's second argument from the headers of an invocation."""
    return LambdaContext(
        request.invoke_id,
        unmarshal_header(request.client_context, "Client Context"),
        unmarshal_header(request.cognito_identity, "Cognito Identity"),
        request.deadline_time_in_ms,
        request.invoked_function_arn,
        request.tenant_id,
    )


def set_trace_id(trace_id: str | None) -> None:
    """Put the X-Ray trace of an invocation where tools look for it; without one there is none [M]."""
    if trace_id is None:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    else:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id


# ---- The process ------------------------------------------------------------------------------


def initialize(
    handler: str, lambda_runtime_client: LambdaRuntimeClient, logs_json: bool, log_sink: LogSink
) -> RequestHandler:
    """Find the handler, or tell the platform that it cannot be found, and end [M].

    The module's own code runs in here, once for the life of this process.
    """
    try:
        return get_handler(handler)
    except FaultException as fault:
        error_result = make_error(fault.msg, fault.exception_type, fault.trace)
    except Exception as error:
        error_result = make_error(str(error), type(error).__name__, format_frames(frames_of(error)))
    logging.warning(INIT_ERROR_WARNING)
    log_error(error_result, logs_json, log_sink)
    lambda_runtime_client.post_init_error(to_json(error_result), error_result["errorType"])
    sys.exit(EXIT_INIT_ERROR)


def pass_through_snapshot(
    lambda_runtime_client: LambdaRuntimeClient, logs_json: bool, log_sink: LogSink
) -> None:
    """Stand still to be frozen into a snapshot, and come back to life from it (SnapStart) [M]."""

    def fail(error: Exception, error_type: str, post: Callable[[str, str], None], status: int) -> NoReturn:
        error_result = make_error(str(error), type(error).__name__, format_frames(frames_of(error)))
        log_error(error_result, logs_json, log_sink)
        post(to_json(error_result), error_type)
        sys.exit(status)

    try:
        lambda_runtime_hooks_runner.run_before_snapshot()
    except Exception as error:
        post = lambda_runtime_client.post_init_error
        fail(error, FaultException.BEFORE_SNAPSHOT_ERROR, post, EXIT_BEFORE_SNAPSHOT_ERROR)
    lambda_runtime_client.restore_next()
    try:
        lambda_runtime_hooks_runner.run_after_restore()
    except Exception as error:
        post = lambda_runtime_client.post_restore_error
        fail(error, FaultException.AFTER_RESTORE_ERROR, post, EXIT_AFTER_RESTORE_ERROR)


def run(config: LambdaConfig) -> None:
    """Start once, then handle invocations for as long as the platform hands them out.

    What runs before the loop is a cold start. Between two invocations the process stands in
    `wait_next_invocation`, with everything that the handler's module has put in its globals.
    """
    sys.stdout = Unbuffered(sys.stdout)
    sys.stderr = Unbuffered(sys.stderr)
    log_sink = create_log_sink(config.telemetry_fd)
    log_filter = setup_logging(config.logs_json, config.log_level, log_sink)
    lambda_context.write_log = log_sink.log
    lambda_runtime_client = LambdaRuntimeClient(config.api_address)
    request_handler = initialize(config.handler, lambda_runtime_client, config.logs_json, log_sink)
    if config.is_snap_start:
        pass_through_snapshot(lambda_runtime_client, config.logs_json, log_sink)

    while True:
        request = lambda_runtime_client.wait_next_invocation()
        log_filter.aws_request_id = request.invoke_id
        log_filter.tenant_id = request.tenant_id
        set_trace_id(request.x_amzn_trace_id)
        # One long line on purpose: it is what a trace shows of this frame.
        handle_event_request(request_handler, request, lambda_runtime_client, config.logs_json, log_sink)
