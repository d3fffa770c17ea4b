# SPDX-License-Identifier: Apache-2.0
"""One execution environment's life: find the handler, then call it for each invocation.

Begin with `run` at the end of the file. These two frames, `run` and `handle_event_request`, stand
below your handler in every trace of today [M, TB311].
"""

import importlib
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Protocol, Self

from awslambdaric import lambda_context, lambda_runtime_hooks_runner
from awslambdaric.lambda_config import LambdaConfig
from awslambdaric.lambda_context import LambdaContext
from awslambdaric.lambda_literals import INIT_ERROR_WARNING
from awslambdaric.lambda_runtime_client import InvocationRequest, LambdaRuntimeClient
from awslambdaric.lambda_runtime_exception import FaultException
from awslambdaric.lambda_runtime_log_utils import (
    FRAME_MAGIC,
    JSON_WITHOUT_LEVEL,
    LEVEL_BITS,
    TEXT_FORMAT,
    TEXT_WITHOUT_LEVEL,
    TIME_FORMAT,
    JsonFormatter,
    LambdaLoggerFilter,
    error_to_line,
    error_to_lines,
    floor_level,
    set_level,
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


def _get_handler(handler: str) -> RequestHandler:
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
        # What the error does not know is written as None [M].
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
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


def build_fault_result(error: BaseException, invoke_id: str = "") -> dict[str, Any]:
    """Return that answer for an exception.

    An exception whose text cannot be had raises another one here, and that ends the process [M].
    """
    return make_error(str(error), type(error).__name__, format_frames(frames_of(error)), invoke_id)


def make_xray_cause(message: str, error_type: str, frames: list[traceback.FrameSummary]) -> dict[str, Any]:
    """Return the same error as the X-Ray service wants it: every frame, none folded [M]."""
    stack = [{"label": frame.name, "path": frame.filename, "line": frame.lineno} for frame in frames]
    return {
        "working_directory": os.getcwd(),
        "exceptions": [{"message": message, "type": error_type, "stack": stack}],
        # In whatever order a set has [M].
        "paths": list({frame.filename for frame in frames}),
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


# ---- The log: two ways out, standard output or framed -----------------------------------------


class LogSink(Protocol):
    """A way to the log, open while the process lives."""

    def __enter__(self) -> Self:
        """Open it."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        ...

    def log(self, text: str, frame_type: int = TEXT_WITHOUT_LEVEL) -> None:
        """Write what a person is to read, as it is."""
        ...

    def log_error(self, lines: list[str], frame_type: int) -> None:
        """Write an error that nobody caught: its lines are to stay together."""
        ...


class StandardLogSink:
    """The way by standard output, for an emulator or a container: lines, as `print` writes them."""

    def __enter__(self) -> Self:
        """Do nothing: standard output is open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: standard output stays open."""

    def log(self, text: str, frame_type: int = TEXT_WITHOUT_LEVEL) -> None:
        """Write text; its kind is nobody's business here."""
        sys.stdout.write(text)

    def log_error(self, lines: list[str], frame_type: int) -> None:
        r"""Write one line, its parts joined by \r: a line's end would part what belongs together [M]."""
        sys.stdout.write("\r".join(lines) + "\n")


class FramedTelemetryLogSink:
    """The way by an open file that the platform gave: each message stays one, whatever it holds [M]."""

    def __init__(self, fd: str) -> None:
        self._fd = int(fd)

    def __enter__(self) -> Self:
        """Open the file by its number: a number that is no open file ends the process [M]."""
        self._file = os.fdopen(self._fd, "wb", 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    def log(self, text: str, frame_type: int = TEXT_WITHOUT_LEVEL) -> None:
        """Write a frame: four bytes kind, four length, eight microseconds since 1970, the message."""
        message = text.encode("utf-8")
        kind = FRAME_MAGIC + frame_type
        microseconds = time.time_ns() // 1000
        head = kind.to_bytes(4, "big") + len(message).to_bytes(4, "big") + microseconds.to_bytes(8, "big")
        self._file.write(head + message)

    def log_error(self, lines: list[str], frame_type: int) -> None:
        """Write one frame; lines inside it end as lines do, the last one not at all [M]."""
        self.log("\n".join(lines), frame_type)


def create_log_sink(telemetry_fd: str | None) -> LogSink:
    """Choose the way to the log: framed where the platform gave a file for it."""
    return FramedTelemetryLogSink(telemetry_fd) if telemetry_fd else StandardLogSink()


class LambdaLoggerHandler(logging.Handler):
    """The root logger's one handler where the platform said neither level nor JSON."""

    def __init__(self, log_sink: LogSink) -> None:
        super().__init__()
        self.log_sink = log_sink

    def emit(self, record: logging.LogRecord) -> None:
        """Format a record and send it off. What goes wrong here goes wrong in the call that logs [M]."""
        self.log_sink.log(self.format(record))


class LambdaLoggerHandlerWithFrameType(logging.Handler):
    """The root logger's one handler where the platform said a level or JSON: its frames tell levels [M]."""

    def __init__(self, log_sink: LogSink) -> None:
        super().__init__()
        self.log_sink = log_sink

    def emit(self, record: logging.LogRecord) -> None:
        """Format a record and send it off. The kind of its frame says what has formatted it [M]."""
        text = self.format(record)
        text_type = TEXT_WITHOUT_LEVEL + LEVEL_BITS[floor_level(record.levelno)]
        self.log_sink.log(text, vars(record).pop("_frame_type", text_type))


def setup_logging(logs_json: bool, level: str, log_sink: LogSink) -> LambdaLoggerFilter:
    """Give the root logger its handler and perhaps its level; return what marks the records.

    Inferred: a level that is empty is as none.
    """
    logging.Formatter.converter = time.gmtime
    log_filter = LambdaLoggerFilter()
    handler = (LambdaLoggerHandlerWithFrameType if logs_json or level else LambdaLoggerHandler)(log_sink)
    handler.setFormatter(JsonFormatter() if logs_json else logging.Formatter(TEXT_FORMAT, TIME_FORMAT))
    handler.addFilter(log_filter)
    logging.getLogger().addHandler(handler)
    set_level(level)
    return log_filter


def log_error(error_result: dict[str, Any], logs_json: bool, log_sink: LogSink) -> None:
    """Write an error that ended an invocation, or the init phase, into the log [M]."""
    if logs_json:
        log_sink.log_error([error_to_line(error_result)], JSON_WITHOUT_LEVEL + LEVEL_BITS[logging.ERROR])
    else:
        log_sink.log_error(error_to_lines(error_result), TEXT_WITHOUT_LEVEL + LEVEL_BITS[logging.ERROR])


class Unbuffered:
    """A standard stream that holds nothing back, so that no output is lost with the process [M]."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        """Let `with sys.stdout as stream:` be written as it is for a file [M]."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stay open. Inferred: what a later invocation prints is not lost with the first one's block."""

    def write(self, text: str) -> None:
        """Write, and send it off at once. Unlike a file's own it does not say how much that was [M]."""
        self._stream.write(text)
        self._stream.flush()

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts, and send them off at once."""
        self._stream.writelines(lines)
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


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
        xray_cause = make_xray_cause(fault.msg, "LambdaValidationError", [])
        error_result = make_error(fault.msg, fault.exception_type, fault.trace, request.invoke_id)
    except Exception as error:
        # The error is asked for its text twice: here, and for the answer [M].
        xray_cause = make_xray_cause(str(error), type(error).__name__, frames_of(error))
        error_result = build_fault_result(error, request.invoke_id)
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


def on_init_complete(lambda_runtime_client: LambdaRuntimeClient, logs_json: bool, log_sink: LogSink) -> None:
    """Stand still to be frozen into a snapshot, and come back to life from it (SnapStart) [M].

    Everything that a hook may raise counts, `SystemExit` too [M].
    """
    try:
        lambda_runtime_hooks_runner.run_before_snapshot()
        lambda_runtime_client.restore_next()
    except BaseException as error:
        error_result = build_fault_result(error)
        log_error(error_result, logs_json, log_sink)
        lambda_runtime_client.post_init_error(to_json(error_result), FaultException.BEFORE_SNAPSHOT_ERROR)
        sys.exit(EXIT_BEFORE_SNAPSHOT_ERROR)
    try:
        lambda_runtime_hooks_runner.run_after_restore()
    except BaseException as error:
        error_result = build_fault_result(error)
        log_error(error_result, logs_json, log_sink)
        lambda_runtime_client.report_restore_error(to_json(error_result), FaultException.AFTER_RESTORE_ERROR)
        sys.exit(EXIT_AFTER_RESTORE_ERROR)


def run(config: LambdaConfig) -> None:
    """Start once, then handle invocations for as long as the platform hands them out.

    What runs before the loop is a cold start, and the module's own code runs in it, once for the life of
    this process. Between two invocations the process stands in `wait_next_invocation`, with everything
    that the handler's module has put in its globals.
    """
    sys.stdout = Unbuffered(sys.stdout)
    sys.stderr = Unbuffered(sys.stderr)
    with create_log_sink(config.telemetry_fd) as log_sink:
        log_filter = setup_logging(config.logs_json, config.log_level, log_sink)
        lambda_context.write_log = log_sink.log
        lambda_runtime_client = LambdaRuntimeClient(config.api_address, config.is_later_python)
        request_handler: Any = None
        error_result = None
        try:
            request_handler = _get_handler(config.handler)
        except FaultException as fault:
            error_result = make_error(fault.msg, fault.exception_type, fault.trace)
        except Exception as error:
            error_result = build_fault_result(error)
        if error_result is not None:
            # Without a handler there is nothing to do: the platform is told, and the process ends [M].
            logging.warning(INIT_ERROR_WARNING)
            log_error(error_result, config.logs_json, log_sink)
            lambda_runtime_client.post_init_error(to_json(error_result), error_result["errorType"])
            sys.exit(EXIT_INIT_ERROR)
        if config.is_snap_start:
            on_init_complete(lambda_runtime_client, config.logs_json, log_sink)

        while True:
            request = lambda_runtime_client.wait_next_invocation()
            log_filter.aws_request_id = request.invoke_id
            log_filter.tenant_id = request.tenant_id
            set_trace_id(request.x_amzn_trace_id)
            # One long line on purpose: it is what a trace shows of this frame.
            handle_event_request(request_handler, request, lambda_runtime_client, config.logs_json, log_sink)
