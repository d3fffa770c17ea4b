# SPDX-License-Identifier: Apache-2.0
"""The script that calls your handler: a clean-room model of AWS Lambda's Python runtime of 2016.

This file was written for Behind the Handler from public facts: dumps, stack traces, logs and test
doubles that people had published. It is independent of Amazon and holds none of Amazon's code.

The platform starts `python /var/runtime/awslambda/bootstrap.py` in `/var/task`, and that process is
the execution environment: it finds your handler once, then waits for invocations and calls the
handler for each of them. To follow it, begin with `main` at the end of the file.

Tags in brackets, such as [BLOG], name the public source of a fact. Where the sources leave a
behaviour open, a sentence that begins with "Inferred:" tells what this model decided.
"""

import decimal
import io
import itertools
import json
import logging
import os
import socket
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import runtime
import wsgi

# In event mode a handler takes the event and the context, and returns what goes back to the caller.
# In http mode it is a WSGI application: it takes the request's variables and a function that starts
# the response, and returns the response's body in pieces.
RequestHandler = Callable[[Any, Any], Any]

# What is left to do before the first invocation: it ends with the handler in hand.
InitHandler = Callable[[], RequestHandler]

# How an invocation ended: the class of the error, None for success, and the JSON text to send back.
Answer = tuple[str | None, str]


# ---- Find the handler -------------------------------------------------------------------------


def _get_handlers(handler: str, mode: str) -> tuple[InitHandler | None, RequestHandler]:
    """Load the function's code now. Nothing is left to do before the first invocation.

    The names, and that user code is imported beneath this frame, are known from a trace [DL#43].
    A handler that cannot be found does not end the process: a fault handler takes its place.

    Inferred: the fault is kept, so every invocation of this environment is answered with it.
    """
    try:
        return None, find_handler(handler, mode)
    except wsgi.FaultException as fault:
        return None, make_fault_handler(fault)


def _get_handlers_delayed(handler: str, mode: str) -> tuple[InitHandler | None, RequestHandler]:
    """Load the function's code at the first invocation, not before [DL-1216].

    Inferred: `main` calls the returned init handler, once, and goes on with the handler that it
    returns. So the first invocation shows the same frames as every later one.
    """

    def init_handler() -> RequestHandler:
        _, request_handler = _get_handlers(handler, mode)
        return request_handler

    return init_handler, make_fault_handler(wsgi.FaultException("The handler is not loaded yet"))


def make_fault_handler(fault: wsgi.FaultException) -> RequestHandler:
    """Return a stand-in for a handler that cannot be called: it raises `fault` instead [DL#15]."""

    def fault_handler(*_arguments: Any) -> Any:
        # The same fault is raised again and again: its trace must not grow from call to call.
        raise fault.with_traceback(None)

    return fault_handler


def find_handler(handler: str, mode: str) -> RequestHandler:
    """Return the function that a name like `lambda_function.lambda_handler` stands for.

    Inferred: the messages of the faults, and that the name is looked up the same way in both modes.
    Whether the thing found can be called is not looked at; the call will show it.
    """
    if mode not in ("event", "http"):
        raise wsgi.FaultException(f"Bad mode '{mode}'", "it has to be event or http")
    module_name, function_name = split_handler(handler)
    module = import_module(module_name)
    try:
        return getattr(module, function_name)
    except Exception as error:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        raise wsgi.FaultException(message, message_of(error)) from error


def split_handler(handler: str) -> tuple[str, str]:
    """Split `package.module.function` at its last dot.

    Inferred: a name without a dot, or with nothing on one side of it, is a bad handler.
    """
    module_name, _, function_name = handler.rpartition(".")
    if module_name and function_name:
        return module_name, function_name
    raise wsgi.FaultException(f"Bad handler '{handler}'", "it has to read MODULE.FUNCTION")


def import_module(module_name: str) -> Any:
    """Import the module that holds the handler: the code at its top level runs here.

    Inferred: a module in a folder may be written `folder/module` as well as `folder.module`; and a
    module that fails while it is imported is a fault, as a missing one is. `sys.exit` there ends
    the process, though.
    """
    dotted_name = module_name.replace("/", ".")
    try:
        # What an import statement calls. It keeps importlib's own frames out of a failure's trace.
        __import__(dotted_name)
        return sys.modules[dotted_name]
    except ImportError as error:
        message = f"Unable to import module '{module_name}'"
        raise wsgi.FaultException(message, message_of(error)) from error
    except SyntaxError as error:
        message = f"Syntax error in module '{module_name}'"
        raise wsgi.FaultException(message, message_of(error)) from error
    except Exception as error:
        message = "module initialization error"
        raise wsgi.FaultException(message, message_of(error), format_trace(error)) from error


# ---- Start ------------------------------------------------------------------------------------


def wait_for_start(ctrl_sock: int) -> tuple[str, str, str, bool, tuple[str, str, str] | None]:
    """Wait until the platform says which handler this environment is for.

    `runtime` is not Python: it talks to the platform over the control socket, whose number comes
    from the environment [DL#9]. It answers with an invocation id, the mode (`event` or `http`),
    the handler's name, whether to put off loading it, and the first credentials [DL-0516].
    """
    return runtime.recv_start(ctrl_sock)


def set_credentials(credentials: tuple[str, str, str] | None) -> None:
    """Put the function's credentials where boto3 and you will look for them [DL-0516].

    They are temporary ones and come anew with each invocation. The last variable is an older name
    for the session token.
    """
    if credentials is None:
        return
    key, secret, session = credentials
    os.environ["AWS_ACCESS_KEY_ID"] = key
    os.environ["AWS_SECRET_ACCESS_KEY"] = secret
    os.environ["AWS_SESSION_TOKEN"] = session
    os.environ["AWS_SECURITY_TOKEN"] = session


class LogFile(io.RawIOBase):
    """A file that is the function's log: what is written to it goes out through `runtime`."""

    def __init__(self, fileno: int, name: str) -> None:
        super().__init__()
        self._fileno = fileno
        self.name = name

    def write(self, data: Any) -> int:
        """Send bytes to the log at once, as text: in this model only text crosses the border."""
        runtime.log_bytes(str(data, "utf-8", "replace"), self._fileno)
        return memoryview(data).nbytes

    def writable(self) -> bool:
        """Say that this file takes output; it gives none."""
        return True

    def fileno(self) -> int:
        """Return 1 for standard output, 2 for standard error."""
        return self._fileno


def replace_standard_streams() -> None:
    """Make `print` end in the function's log.

    Inferred from test doubles that put the streams back in their start function [DL-0516]: the
    bootstrap replaces both of them, before it waits for the start.
    """
    sys.stdout = open_log(1, "<stdout>")
    sys.stderr = open_log(2, "<stderr>")


def open_log(fileno: int, name: str) -> io.TextIOWrapper:
    """Return a text stream that holds nothing back, so that no output is lost with the process."""
    log = LogFile(fileno, name)
    return io.TextIOWrapper(log, encoding="utf-8", errors="backslashreplace", write_through=True)


class RequestIdFilter(logging.Filter):
    """Gives each record of `logging` the id of the invocation that is being handled."""

    request_id = ""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with the id on it."""
        record.aws_request_id = self.request_id
        return True


def replace_logging() -> RequestIdFilter:
    """Give `logging` its one handler: lines with level, time and request id, parted by tabs.

    Inferred: the form is the one measured on the runtime of today, and as there, the level stays
    at WARNING and the id is empty until the first invocation.
    """
    form = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
    formatter = logging.Formatter(form, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    request_id_filter = RequestIdFilter()
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    handler.addFilter(request_id_filter)
    logging.getLogger().addHandler(handler)
    return request_id_filter


# ---- What the handler is given ----------------------------------------------------------------


class CognitoIdentity:
    """Who called, when an app's user did.

    This class is known as `__main__.CognitoIdentity`: the handler runs inside the bootstrap's process,
    and the bootstrap is its main module [DL-0317].
    """

    def __init__(self, context_objs: dict[str, str | None]) -> None:
        self.cognito_identity_id = context_objs["cognitoidentityid"]
        self.cognito_identity_pool_id = context_objs["cognitopoolid"]


class Client:
    """The app that called, if it is a mobile one. Inferred: the names are those of today."""

    def __init__(self, client: dict[str, Any]) -> None:
        self.installation_id = client.get("installation_id")
        self.app_title = client.get("app_title")
        self.app_version_name = client.get("app_version_name")
        self.app_version_code = client.get("app_version_code")
        self.app_package_name = client.get("app_package_name")


class ClientContext:
    """What the app tells of itself and its device. Inferred: the names are those of today."""

    def __init__(self, client_context: dict[str, Any]) -> None:
        self.custom = client_context.get("custom")
        self.env = client_context.get("env")
        self.client = Client(client_context.get("client") or {})


class LambdaContext:
    """The second argument of the handler; its attributes are attested for 2017 [DL-0317].

    Inferred: `identity` is always an object, `client_context` is None when the caller sent none.
    """

    def __init__(self, invokeid: str, context_objs: dict[str, str | None], invoked_function_arn: str) -> None:
        self.aws_request_id = invokeid
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.invoked_function_arn = invoked_function_arn
        self.client_context = decode_client_context(context_objs["clientcontext"])
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.identity = CognitoIdentity(context_objs)
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the handler may still run before the platform ends the process."""
        return runtime.get_remaining_time()

    def log(self, msg: Any) -> None:
        """Write to the log, and add no newline. Inferred: anything is accepted, as by `print`."""
        runtime.log_bytes(str(msg), 1)


def decode_client_context(text: str | None) -> ClientContext | None:
    """Read what the caller's app sent along, JSON text. Inferred: nonsense there is a fault."""
    if not text:
        return None
    try:
        return ClientContext(json.loads(text))
    except Exception as error:
        message = "Unable to parse client context"
        raise wsgi.FaultException(message, message_of(error)) from error


def decode_event(event_body: str) -> Any:
    """Turn the event's text into what the handler will see. Inferred: bad JSON is a fault."""
    try:
        return json.loads(event_body)
    except Exception as error:
        message = "Unable to parse input as json"
        raise wsgi.FaultException(message, message_of(error)) from error


# ---- Handle an invocation ---------------------------------------------------------------------


def handle_event_request(
    request_handler: RequestHandler,
    invokeid: str,
    event_body: str,
    context_objs: dict[str, str | None],
    invoked_function_arn: str,
) -> None:
    """Decode the event, call the handler, encode its result, and report how it went.

    This is the frame below your handler's in the trace of 2016 [BLOG].

    Inferred: only an `Exception` is reported. What stands outside, `SystemExit` above all, leaves
    through the loop in `main`: the process ends, and the platform is left to say so.
    """
    try:
        json_input = decode_event(event_body)
        context = LambdaContext(invokeid, context_objs, invoked_function_arn)
        result = request_handler(json_input, context)
    except wsgi.FaultException as fault:
        errortype, answer = answer_fault(invokeid, fault)
    except Exception as error:
        errortype, answer = answer_error(invokeid, error)
    else:
        errortype, answer = answer_result(invokeid, result)
    runtime.report_done(invokeid, errortype, answer)


def handle_http_request(request_handler: RequestHandler, invokeid: str, data_sock: int) -> None:
    """Serve the one request that has come in on the data socket, and report how it went.

    The name and its first argument are attested [SENTRY], and that this mode leads through `wsgi`
    [DL#15]; nobody outside Amazon has been seen to use it.

    Inferred: everything else. The handler is a WSGI application, an error in it is logged and
    answered as in event mode, with status 500, and `report_done` has no result to tell: the answer
    went out on the data socket.
    """
    errortype = None
    with socket.fromfd(data_sock, socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        server = wsgi.ServerHandler(connection)
        try:
            server.run(request_handler)
        except wsgi.FaultException as fault:
            errortype, answer = answer_fault(invokeid, fault)
            server.send_error(answer)
        except Exception as error:
            errortype, answer = answer_error(invokeid, error)
            server.send_error(answer)
    runtime.report_done(invokeid, errortype, None)


def answer_result(invokeid: str, result: Any) -> Answer:
    """Answer with what the handler returned, as JSON.

    When the result has no JSON form, the caller gets the same kind of answer as for an error in the
    handler [EMULAMBDA]. Inferred: the message.
    """
    try:
        return None, to_json(result)
    except Exception as error:
        message = "An error occurred during JSON serialization of response"
        runtime.report_fault(invokeid, message, message_of(error), format_trace(error))
        return type_name_of(error), error_to_json(error)


def answer_error(invokeid: str, error: Exception) -> Answer:
    """Answer with an exception that the handler raised: first for the log, then for the caller.

    The log begins with its message and its class, then comes the trace [EAWSY]. Inferred: the class
    is also what the platform is told as the error's type.
    """
    errortype = type_name_of(error)
    runtime.report_fault(invokeid, message_of(error), errortype, format_trace(error))
    return errortype, error_to_json(error)


def answer_fault(invokeid: str, fault: wsgi.FaultException) -> Answer:
    """Answer with a fault of the runtime's own. Inferred: the caller is told its message alone."""
    runtime.report_fault(invokeid, fault.msg, fault.except_value, fault.trace)
    return type_name_of(fault), to_json({"errorMessage": fault.msg})


def to_json(value: Any) -> str:
    """Write `value` as JSON [SENTRY]. Inferred: text beyond ASCII as escapes, NaN as bare words."""
    return json.dumps(value, default=decimal_serializer)


def decimal_serializer(o: Any) -> float:
    """Answer for a value that `json` has no form for: `json` calls this function with it.

    The name, and what the error says, are known from a trace [EMULAMBDA]; that a Decimal becomes a
    number, from the authors of a framework [CHALICE187]. Inferred: the number is a float.
    """
    if isinstance(o, decimal.Decimal):
        return float(o)
    raise TypeError(repr(o) + " is not JSON serializable")


def error_to_json(error: Exception) -> str:
    """Write the answer that the caller gets for an error: these three keys, in this order [EAWSY].

    The platform adds a header to it, so that the caller can tell it from a result.
    """
    return to_json(
        {
            "stackTrace": stack_trace_of(error),
            "errorType": type_name_of(error),
            "errorMessage": message_of(error),
        }
    )


def format_trace(error: Exception) -> str:
    """Write a trace as Python 2 did: no `^^^^` below the source, no cause, no repeats folded."""
    text = "Traceback (most recent call last):\n"
    for file, line, function, source in stack_trace_of(error):
        text += f'  File "{file}", line {line}, in {function}\n'
        if source is not None:
            text += f"    {source}\n"
    message = message_of(error)
    colon = ": " if message else ""
    return f"{text}{type_name_of(error)}{colon}{message}\n"


def stack_trace_of(error: Exception) -> list[list[str | int | None]]:
    """Return [file, line, function, source line] for each frame, from the handler's inwards.

    The frames of the runtime that led there are left out [CHALICE83], unless there are no others: a
    handler that takes too few arguments has no frame yet, and a compiled one never has [EAWSY].

    Python reads the source line from the file at this moment, not when the code was compiled.
    Inferred: where there is no such file, the source line is None, as it was in Python 2.
    """
    frames = traceback.extract_tb(error.__traceback__)
    beyond = itertools.dropwhile(is_runtime_frame, frames)
    kept = list(beyond) or frames
    return [[frame.filename, frame.lineno, frame.name, frame.line or None] for frame in kept]


def is_runtime_frame(frame: traceback.FrameSummary) -> bool:
    """Say whether a frame is of a file beside this one. Inferred: so are those of `wsgi`, in http mode."""
    return os.path.dirname(frame.filename) == os.path.dirname(__file__)


def type_name_of(error: Exception) -> str:
    """Return the name of the exception's class, without the module's."""
    return type(error).__name__


def message_of(error: Exception) -> str:
    """Return what the exception says, even if its `__str__` is broken: reporting must not fail."""
    try:
        return str(error)
    except Exception:
        return "<exception str() failed>"


# ---- The process ------------------------------------------------------------------------------


def main() -> None:
    """Start once, then handle invocations for as long as the platform hands them out.

    What runs before the loop is a cold start. Between two invocations the process stands in
    `receive_invoke`, with everything that the handler's module has put in its globals.

    There are two ways to wait for an invocation, and the platform chose one when it started the
    process [DL-1216]. In event mode the event comes with the call's other arguments; in http mode a
    request comes on a socket of its own, and is answered there.

    Inferred: the task's folder goes to the front of `sys.path`, where it was seen in 2018
    [DL-HEAD], just before the handler is looked for; the first credentials are set before that;
    and `report_running` says, once, that the start is over.
    """
    replace_standard_streams()
    request_id_filter = replace_logging()
    ctrl_sock = int(os.environ["LAMBDA_CONTROL_SOCKET"])
    invokeid, mode, handler, suppress_init, credentials = wait_for_start(ctrl_sock)
    set_credentials(credentials)
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    get_handlers = _get_handlers_delayed if suppress_init else _get_handlers
    init_handler, request_handler = get_handlers(handler, mode)
    runtime.report_running(invokeid)

    while True:
        invokeid, data_sock, credentials, event_body, context_objs, invoked_function_arn = (
            runtime.receive_invoke(ctrl_sock)
        )
        set_credentials(credentials)
        request_id_filter.request_id = invokeid
        if init_handler is not None:
            request_handler = init_handler()
            init_handler = None
        if mode == "http":
            handle_http_request(request_handler, invokeid, data_sock)
        else:
            # One long line on purpose: it is what a trace of 2016 shows of this frame.
            handle_event_request(request_handler, invokeid, event_body, context_objs, invoked_function_arn)


if __name__ == "__main__":
    main()
