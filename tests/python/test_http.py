"""Http mode: a request on the data socket, an application after the rules of WSGI, and its response."""

import json
import re
import sys
import unittest
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .lambda_2016 import (
    BOOTSTRAP,
    RUNTIME,
    SOURCE,
    Ended,
    Invocation,
    Run,
    frames_to_trace,
    line_of,
    run_task,
    runtime_frame,
)

WSGI = str(RUNTIME / "awslambda" / "wsgi.py")
WSGI_SOURCE = Path(WSGI).read_text(encoding="utf-8").splitlines()

POST = b"POST / HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

CALL_IN_MAIN = "handle_http_request(request_handler, invokeid, data_sock)"
RUN = "server.run(request_handler)"
CALL = "result = application(environ, self.start_response)"


def http(request: bytes = POST, number: int = 1) -> Invocation:
    """Return an invocation in http mode."""
    return Invocation(event="", request=f"request-{number}", http=request)


def application(*lines: str) -> str:
    """Return the text of an application with these lines."""
    return "\n    ".join(["def application(environ, start_response):", *lines, ""])


def serve(text: str, *requests: bytes, suppress_init: bool = False) -> Run:
    """Play an environment in http mode."""
    invocations = [http(request, number) for number, request in enumerate(requests or (POST,), 1)]
    return run_task(
        text,
        *invocations,
        mode="http",
        handler="lambda_function.application",
        suppress_init=suppress_init,
    )


def wsgi_line(text: str) -> int:
    """Return the number of the one line of wsgi.py that reads `text`."""
    (number,) = [number for number, line in enumerate(WSGI_SOURCE, 1) if line.strip() == text]
    return number


def wsgi_frame(function: str, text: str) -> list[Any]:
    """Return the stackTrace entry of a frame of wsgi.py."""
    return [WSGI, wsgi_line(text), function, text]


RUNTIME_FRAMES = [runtime_frame("handle_http_request", RUN), wsgi_frame("run", CALL)]

SAY_HELLO = ('start_response("200 OK", [("Content-Type", "text/plain")])', 'return [b"hello"]')
HELLO = application(*SAY_HELLO)
HELLO_RESPONSE = b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello"


class Served(unittest.TestCase):
    def test_a_request_passes_the_native_calls_in_this_order(self) -> None:
        run = serve(HELLO)
        self.assertIsInstance(run.ended_by, Ended)
        self.assertEqual(
            [
                ("recv_start", 14),
                ("report_running", "request-0"),
                ("receive_invoke", 14),
                ("report_done", "request-1", None, None),
                ("receive_invoke", 14),
            ],
            run.calls,
        )
        self.assertEqual([HELLO_RESPONSE], run.responses)

    def test_the_stack_leads_through_wsgi(self) -> None:
        text = application("import traceback", "traceback.print_stack()", *SAY_HELLO)
        for suppress_init in (False, True):
            with self.subTest(suppress_init=suppress_init):
                run = serve(text, POST, POST, suppress_init=suppress_init)
                shown = (
                    f'  File "{BOOTSTRAP}", line {len(SOURCE)}, in <module>\n'
                    "    main()\n"
                    f'  File "{BOOTSTRAP}", line {line_of(CALL_IN_MAIN)}, in main\n'
                    f"    {CALL_IN_MAIN}\n"
                    f'  File "{BOOTSTRAP}", line {line_of(RUN)}, in handle_http_request\n'
                    f"    {RUN}\n"
                    f'  File "{WSGI}", line {wsgi_line(CALL)}, in run\n'
                    f"    {CALL}\n"
                    f'  File "{run.file("lambda_function.py")}", line 3, in application\n'
                    "    traceback.print_stack()\n"
                )
                # What lies below the script's own frame is the test, in the test's process.
                stacks = re.split(r'(?=  File "[^"]*bootstrap\.py", line \d+, in <module>\n)', run.log)
                self.assertEqual(shown, stacks[2] if len(stacks) == 3 else stacks)

    def test_the_variables_are_those_that_wsgi_asks_for(self) -> None:
        run = serve(
            "import json\n"
            + application(
                'told = {name: value for name, value in environ.items() if "." not in name}',
                'told["wsgi"] = [environ["wsgi.version"], environ["wsgi.url_scheme"]]',
                'told["body"] = environ["wsgi.input"].read().decode()',
                'start_response("200 OK", [])',
                "return [json.dumps(told).encode()]",
            ),
            b"PUT /a/b?c=d&e HTTP/1.1\r\nHost: lab\r\nX-Two-Words:  v : w \r\nContent-Type: t\r\n"
            b"Content-Length: 3\r\n\r\nxyz",
        )
        (response,) = run.responses
        self.assertEqual(
            {
                "REQUEST_METHOD": "PUT",
                "SCRIPT_NAME": "",
                "PATH_INFO": "/a/b",
                "QUERY_STRING": "c=d&e",
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_HOST": "lab",
                "HTTP_X_TWO_WORDS": "v : w",
                "CONTENT_TYPE": "t",
                "CONTENT_LENGTH": "3",
                "wsgi": [[1, 0], "http"],
                "body": "xyz",
            },
            json.loads(response.partition(b"\r\n\r\n")[2]),
        )

    def test_an_application_that_keeps_to_every_rule_is_content(self) -> None:
        # The standard library's own judge of both sides of WSGI.
        run = serve(
            "from wsgiref.validate import validator\n"
            + application(
                'environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))',
                'start_response("200 OK", [("Content-Type", "text/plain")])',
                'return [b"hello"]',
            )
            + "application = validator(application)\n"
        )
        self.assertEqual([], run.said("report_fault"))
        self.assertEqual([HELLO_RESPONSE], run.responses)

    def test_the_body_goes_out_piece_by_piece(self) -> None:
        run = serve(
            application(
                'start_response("200 OK", [])',
                'for piece in (b"one ", b"", b"two "):',
                "    print(piece)",
                "    yield piece",
            )
        )
        self.assertEqual([b"HTTP/1.0 200 OK\r\n\r\none two "], run.responses)
        self.assertEqual("b'one '\nb''\nb'two '\n", run.log)

    def test_a_response_without_a_body_has_a_head(self) -> None:
        for result in ("[]", "()", '[b""]', "iter([])"):
            with self.subTest(result=result):
                run = serve(application('start_response("204 No Content", [("A", "b")])', f"return {result}"))
                self.assertEqual([b"HTTP/1.0 204 No Content\r\nA: b\r\n\r\n"], run.responses)

    def test_what_start_response_gives_writes(self) -> None:
        run = serve(
            application('write = start_response("200 OK", [])', 'write(b"first ")', 'return [b"then"]')
        )
        self.assertEqual([b"HTTP/1.0 200 OK\r\n\r\nfirst then"], run.responses)

    def test_the_result_is_closed_whatever_became_of_it(self) -> None:
        result = (
            "class Result:\n    def __iter__(self):\n        yield b'a'\n        {}\n"
            "    def close(self):\n        print('closed')\n"
        )
        calls = application('start_response("200 OK", [])', "return Result()")
        for last, errortype in (("yield b'b'", None), ("raise ValueError(1)", "ValueError")):
            with self.subTest(last=last):
                run = serve(result.format(last) + calls)
                self.assertEqual("closed\n", run.log)
                self.assertEqual([("request-1", errortype, None)], run.said("report_done"))

    def test_an_environment_serves_one_request_after_another(self) -> None:
        text = "served = []\n" + application(
            'served.append(environ["wsgi.input"].read())',
            'start_response("200 OK", [])',
            "return served",
        )
        requests = [b"POST / HTTP/1.1\r\n\r\n" + body for body in (b"1", b"2", b"3")]
        run = serve(text, *requests)
        head = b"HTTP/1.0 200 OK\r\n\r\n"
        self.assertEqual([head + body for body in (b"1", b"12", b"123")], run.responses)
        self.assertEqual(4, run.names.count("receive_invoke"))

    def test_the_log_tells_which_request_it_was(self) -> None:
        text = "import logging\n" + application(
            'logging.warning("now")', 'start_response("200 OK", [])', "return []"
        )
        lines = serve(text, POST, POST).log.splitlines()
        self.assertEqual(["request-1", "request-2"], [line.split("\t")[2] for line in lines])


class Failed(unittest.TestCase):
    maxDiff = None

    def assert_error(
        self, run: Run, frames: Iterable[list[Any]], errortype: str, message: str, sent: bytes | None = None
    ) -> None:
        """Log, response and report tell the same, and the process goes on."""
        all_frames = list(frames)
        payload = {"stackTrace": all_frames, "errorType": errortype, "errorMessage": message}
        self.assertEqual(
            [("request-1", message, errortype, frames_to_trace(all_frames, f"{errortype}: {message}"))],
            run.said("report_fault"),
        )
        self.assertEqual([("request-1", errortype, None)], run.said("report_done"))
        self.assertIsInstance(run.ended_by, Ended)
        self.assertEqual([self.error_response(payload) if sent is None else sent], run.responses)

    def error_response(self, payload: dict[str, Any]) -> bytes:
        head = b"HTTP/1.0 500 Internal Server Error\r\nContent-Type: application/json\r\n\r\n"
        return head + json.dumps(payload).encode()

    def test_an_error_is_logged_and_answered_as_in_event_mode(self) -> None:
        run = serve(application("raise KeyError('x')"))
        frame = [run.file("lambda_function.py"), 2, "application", "raise KeyError('x')"]
        self.assert_error(run, [frame], "KeyError", "'x'")

    def test_so_it_is_when_the_response_was_only_announced(self) -> None:
        run = serve(application('start_response("200 OK", [])', "raise KeyError('x')"))
        frame = [run.file("lambda_function.py"), 3, "application", "raise KeyError('x')"]
        self.assert_error(run, [frame], "KeyError", "'x'")

    def test_the_frames_of_the_runtime_stay_where_there_are_no_others(self) -> None:
        run = serve("def application(environ): pass\n")
        ((_, _, message, trace),) = [(a, b, m, t) for a, m, b, t in run.said("report_fault")]
        self.assertEqual(frames_to_trace(RUNTIME_FRAMES, f"TypeError: {message}"), trace)

    def test_what_has_been_sent_stays_sent(self) -> None:
        run = serve(application('start_response("200 OK", [])(b"half")'))
        self.assertEqual(["TypeError"], [done[1] for done in run.said("report_done")])
        self.assertEqual([b"HTTP/1.0 200 OK\r\n\r\nhalf"], run.responses)

    def test_an_application_that_breaks_a_rule_of_wsgi_is_told_which(self) -> None:
        for lines, errortype, message in (
            (['return [b"x"]'], "AssertionError", "start_response() was not called"),
            (
                ['start_response("200 OK", [])', 'start_response("200 OK", [])'],
                "AssertionError",
                "start_response() was called twice",
            ),
            (
                ['start_response("200 OK", [])', 'return ["text"]'],
                "TypeError",
                "can't concat str to bytes",
            ),
            (['start_response("200 OK", [])'], "TypeError", "'NoneType' object is not iterable"),
        ):
            with self.subTest(message=message):
                run = serve(application(*lines))
                ((_, msg, except_value, _),) = run.said("report_fault")
                self.assertEqual((message, errortype), (msg, except_value))
                self.assertTrue(run.responses[0].startswith(b"HTTP/1.0 500 "), run.responses)

    def test_an_application_may_change_its_mind_until_something_is_sent(self) -> None:
        attempt = (
            'start_response("200 OK", [])',
            "try:",
            "    1 / 0",
            "except ZeroDivisionError:",
            "    import sys",
            '    start_response("503 Busy", [], sys.exc_info())',
            'return [b"later"]',
        )
        self.assertEqual([b"HTTP/1.0 503 Busy\r\n\r\nlater"], serve(application(*attempt)).responses)
        late = ('start_response("200 OK", [])(b"half")', *attempt[1:])
        run = serve(application(*late))
        self.assertEqual([b"HTTP/1.0 200 OK\r\n\r\nhalf"], run.responses)
        self.assertEqual(["ZeroDivisionError"], [done[1] for done in run.said("report_done")])

    def test_a_request_that_is_none_is_a_fault_and_the_application_is_not_called(self) -> None:
        for request, why in (
            (b"", "bad request line: ''"),
            (b"nonsense\r\n\r\n", "bad request line: 'nonsense'"),
            (b"GET / SMTP/1\r\n\r\n", "bad request line: 'GET / SMTP/1'"),
            (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", "bad header: 'no colon'"),
        ):
            with self.subTest(request=request):
                run = serve(application("print('called')"), request)
                message = "Unable to parse request"
                self.assertEqual([("request-1", message, why, None)], run.said("report_fault"))
                self.assertEqual([("request-1", "FaultException", None)], run.said("report_done"))
                self.assertEqual([self.error_response({"errorMessage": message})], run.responses)
                self.assertEqual("", run.log)

    def test_a_handler_that_cannot_be_found_answers_every_request_with_its_fault(self) -> None:
        for suppress_init in (False, True):
            with self.subTest(suppress_init=suppress_init):
                run = serve("raise ValueError('no')\n", POST, POST, suppress_init=suppress_init)
                payload = self.error_response({"errorMessage": "module initialization error"})
                self.assertEqual([payload] * 2, run.responses)
                self.assertEqual(["FaultException"] * 2, [done[1] for done in run.said("report_done")])
                self.assertIsInstance(run.ended_by, Ended)

    def test_a_handler_of_event_mode_is_called_with_what_it_does_not_expect(self) -> None:
        run = serve("def application(event, context):\n    return event['a']\n")
        frame = [run.file("lambda_function.py"), 2, "application", "return event['a']"]
        self.assert_error(run, [frame], "KeyError", "'a'")

    def test_what_is_not_an_exception_leaves_the_process(self) -> None:
        for code, kind in (
            ("raise SystemExit(3)", SystemExit),
            ("raise KeyboardInterrupt", KeyboardInterrupt),
            ("raise BaseException('out')", BaseException),
        ):
            with self.subTest(code=code):
                run = serve(application(code))
                self.assertIs(kind, type(run.ended_by))
                self.assertEqual([], run.said("report_fault") + run.said("report_done"))
                self.assertEqual([b""], run.responses)


class LetGo(unittest.TestCase):
    """What the runtime holds on to must not grow from call to call."""

    COUNT = "import gc, weakref\nseen = []\nclass Kept:\n    pass\n"

    def test_of_the_variables_of_earlier_requests(self) -> None:
        text = self.COUNT + application(
            'environ["kept"] = kept = Kept()',
            "seen.append(weakref.ref(kept))",
            "del kept",
            "gc.collect()",
            'start_response("200 OK", [])',
            "yield str(len([ref for ref in seen if ref() is not None])).encode()",
            'if environ["REQUEST_METHOD"] == "FAIL": raise ValueError(environ)',
        )
        fail = POST.replace(b"POST", b"FAIL")
        run = serve(text, *[POST, fail] * 10)
        self.assertEqual([b"HTTP/1.0 200 OK\r\n\r\n1"] * 20, run.responses)

    @unittest.skipIf(sys.platform == "emscripten", "a browser's Python has no such descriptors")
    def test_of_descriptors_even_if_the_application_keeps_its_variables(self) -> None:
        text = "import os\nkept = []\n" + application(
            "kept.append(environ)",
            'start_response("200 OK", [])',
            "return [str(len(os.listdir('/proc/self/fd'))).encode()]",
        )
        self.assertEqual(1, len(set(serve(text, *[POST] * 10).responses)))

    def test_of_the_contexts_of_earlier_events(self) -> None:
        text = self.COUNT + (
            "def lambda_handler(event, context):\n    context.kept = kept = Kept()\n"
            "    seen.append(weakref.ref(kept))\n    del kept\n    gc.collect()\n"
            "    print(len([ref for ref in seen if ref() is not None]))\n"
            "    if event: raise ValueError(context)\n    return {1} if event is None else 0\n"
        )
        events = [Invocation(event) for event in ("0", "1", "null") * 10]
        self.assertEqual("1\n" * 30, run_task(text, *events).log)

    def test_of_the_trace_of_a_fault_that_is_raised_every_time(self) -> None:
        run = run_task("raise ValueError\n", *[Invocation("[1]")] * 20)
        self.assertEqual(20, len(run.said("report_done")))
        self.assertEqual(1, len(set(run.said("report_fault"))))


class Start(unittest.TestCase):
    def test_nothing_of_the_librarys_servers_is_loaded(self) -> None:
        # Each of these takes a phone a good part of a second.
        slow = "('http.server', 'http.client', 'wsgiref.handlers', 'email', 'urllib.parse')"
        text = (
            "import sys\n"
            f"for name in {slow}: sys.modules.pop(name, None)\n"
            "import importlib\nimportlib.reload(sys.modules['wsgi'])\n"
            f"LOADED = [name for name in {slow} if name in sys.modules]\n"
            "def lambda_handler(event, context):\n    return LOADED\n"
        )
        self.assertEqual([[]], run_task(text).results)


if __name__ == "__main__":
    unittest.main()
