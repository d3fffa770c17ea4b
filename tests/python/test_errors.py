"""An invocation that goes wrong: what the log is told, and what the caller gets."""

import json
import sys
import unittest
from typing import Any

from .lambda_2016 import (
    CALL_FRAME,
    TOO_DEEP_FOR_PYODIDE,
    Ended,
    Invocation,
    Run,
    frames_to_trace,
    run_task,
    runtime_frame,
)


def error_json(frames: list[Any], error_type: str, message: str) -> str:
    return json.dumps({"stackTrace": frames, "errorType": error_type, "errorMessage": message})


class Errors(unittest.TestCase):
    maxDiff = None

    def assert_reported(
        self, run: Run, frames: list[Any], error_type: str, message: str, last: str | None = None
    ) -> None:
        trace = frames_to_trace(frames, f"{error_type}: {message}" if last is None else last)
        self.assertEqual([("request-1", message, error_type, trace)], run.said("report_fault"))
        self.assertEqual(
            [("request-1", error_type, error_json(frames, error_type, message))],
            run.said("report_done"),
        )
        self.assertIsInstance(run.ended_by, Ended)

    def test_an_exception_is_told_to_the_log_first_and_then_to_the_caller(self) -> None:
        run = run_task(
            "def lambda_handler(event, context):\n    return fail(event)\n\n"
            "def fail(event):\n    raise KeyError(event['b'])\n",
            Invocation('{"b": "absent"}'),
        )
        file = run.file("lambda_function.py")
        frames = [
            [file, 2, "lambda_handler", "return fail(event)"],
            [file, 5, "fail", "raise KeyError(event['b'])"],
        ]
        self.assert_reported(run, frames, "KeyError", "'absent'")
        self.assertEqual(["report_fault", "report_done", "receive_invoke"], run.names[-3:])

    def test_the_environment_goes_on_after_an_error(self) -> None:
        run = run_task(
            "def lambda_handler(event, context):\n    return 1 / event\n",
            Invocation("0"),
            Invocation("1", request="request-2"),
        )
        done = [(request, errortype) for request, errortype, _ in run.said("report_done")]
        self.assertEqual([("request-1", "ZeroDivisionError"), ("request-2", None)], done)

    def test_messages_of_every_kind_are_told_whole(self) -> None:
        for code, message in (
            ("ValueError('')", ""),
            ("ValueError('two\\nlines')", "two\nlines"),
            ("ValueError('\\ud800 alone')", "\ud800 alone"),
            ("ValueError('x' * 1_000_000)", "x" * 1_000_000),
            ("ValueError(1, 2)", "(1, 2)"),
            ("ExceptionGroup('several', [ValueError('one')])", "several (1 sub-exception)"),
        ):
            with self.subTest(code=code):
                run = run_task(f"def lambda_handler(event, context):\n    raise {code}\n")
                frame = [run.file("lambda_function.py"), 2, "lambda_handler", f"raise {code}"]
                error_type = code.partition("(")[0]
                last = f"{error_type}: {message}" if message else error_type
                self.assert_reported(run, [frame], error_type, message, last)

    def test_an_exception_that_cannot_say_what_it_is_is_reported_all_the_same(self) -> None:
        run = run_task(
            "class Silent(Exception):\n    def __str__(self):\n        raise RuntimeError('no')\n"
            "def lambda_handler(event, context):\n    raise Silent\n"
        )
        frame = [run.file("lambda_function.py"), 5, "lambda_handler", "raise Silent"]
        self.assert_reported(run, [frame], "Silent", "<exception str() failed>")

    # Claims: no-carets-in-the-log
    def test_no_marks_under_the_source_and_no_cause(self) -> None:
        run = run_task(
            "def lambda_handler(event, context):\n    try:\n        event['a']\n"
            "    except KeyError as error:\n"
            "        raise ValueError('told') from error\n"
        )
        source = "raise ValueError('told') from error"
        frame = [run.file("lambda_function.py"), 5, "lambda_handler", source]
        self.assert_reported(run, [frame], "ValueError", "told")

    def test_a_frame_without_source_has_null_in_its_place(self) -> None:
        run = run_task(
            "exec(compile('def lambda_handler(event, context):\\n    raise ValueError(1)',"
            " '/Users/else/where.py', 'exec'))\n"
        )
        frame = ["/Users/else/where.py", 2, "lambda_handler", None]
        self.assert_reported(run, [frame], "ValueError", "1")

    def test_the_frame_of_the_runtime_stays_where_there_is_no_other(self) -> None:
        for code, error_type, message in (
            ("def lambda_handler(event): pass", "TypeError", "takes 1 positional argument but 2 were given"),
            ("lambda_handler = 'text'", "TypeError", "'str' object is not callable"),
            # Compiled code has no frames of its own.
            ("lambda_handler = {}.__getitem__", "TypeError", "expected 1 argument"),
        ):
            with self.subTest(code=code):
                run = run_task(code)
                ((_, errortype, answer),) = run.said("report_done")
                payload = json.loads(answer)
                self.assertEqual([CALL_FRAME], payload["stackTrace"])
                self.assertEqual(error_type, errortype)
                if "__getitem__" not in code:
                    self.assertIn(message, payload["errorMessage"])
                ((_, _, _, trace),) = run.said("report_fault")
                last = f"TypeError: {payload['errorMessage']}"
                self.assertEqual(frames_to_trace([CALL_FRAME], last), trace)

    def test_a_frame_of_the_function_whose_file_is_named_like_the_runtime_s_is_kept(self) -> None:
        run = run_task(
            {
                "lambda_function.py": "from mine.bootstrap import lambda_handler\n",
                "mine/bootstrap.py": "def lambda_handler(event, context):\n    return {}['a']\n",
            }
        )
        frame = [run.file("mine/bootstrap.py"), 2, "lambda_handler", "return {}['a']"]
        self.assert_reported(run, [frame], "KeyError", "'a'")

    def test_endless_recursion_is_told_frame_by_frame(self) -> None:
        run = run_task("def lambda_handler(event, context):\n    lambda_handler(event, context)\n")
        ((_, errortype, answer),) = run.said("report_done")
        ((_, message, _, trace),) = run.said("report_fault")
        frames = json.loads(answer)["stackTrace"]
        frame = [run.file("lambda_function.py"), 2, "lambda_handler"]
        self.assertEqual("RecursionError", errortype)
        self.assertEqual([[*frame, "lambda_handler(event, context)"]] * len(frames), frames)
        self.assertGreater(len(frames), 50)
        self.assertEqual(frames_to_trace(frames, f"RecursionError: {message}"), trace)
        self.assertIsInstance(run.ended_by, Ended)

    def test_what_is_not_an_exception_leaves_the_process(self) -> None:
        for code, kind in (
            ("raise SystemExit(3)", SystemExit),
            ("raise KeyboardInterrupt", KeyboardInterrupt),
            ("raise BaseException('out')", BaseException),
        ):
            with self.subTest(code=code):
                run = run_task(f"def lambda_handler(event, context):\n    {code}\n")
                self.assertIs(kind, type(run.ended_by))
                self.assertEqual([], run.said("report_fault") + run.said("report_done"))


class ResultsWithoutJson(unittest.TestCase):
    MESSAGE = "An error occurred during JSON serialization of response"

    def test_the_log_says_that_the_result_was_at_fault_and_the_caller_why(self) -> None:
        for result, shown in (
            ("{1}", "{1}"),
            ("[object.__new__(type('Order', (), {'__repr__': lambda self: '<Order 7>'}))]", "<Order 7>"),
            ("{'when': datetime.date(2016, 12, 14)}", "datetime.date(2016, 12, 14)"),
            ("b'bytes'", "b'bytes'"),
        ):
            with self.subTest(result=result):
                run = run_task(f"import datetime\ndef lambda_handler(event, context):\n    return {result}\n")
                ((request, msg, except_value, trace),) = run.said("report_fault")
                ((_, errortype, answer),) = run.said("report_done")
                payload = json.loads(answer)
                why = f"{shown} is not JSON serializable"
                self.assertEqual(("request-1", self.MESSAGE, why), (request, msg, except_value))
                self.assertEqual("TypeError", errortype)
                self.assertEqual(["stackTrace", "errorType", "errorMessage"], list(payload))
                self.assertEqual(("TypeError", why), (payload["errorType"], payload["errorMessage"]))
                frames = payload["stackTrace"]
                names = [name for _, _, name, _ in frames]
                self.assertEqual(["dumps", "encode", "iterencode", "decimal_serializer"], names)
                self.assertTrue(frames[0][0].endswith("/json/__init__.py"), frames[0])
                source = 'raise TypeError(repr(o) + " is not JSON serializable")'
                self.assertEqual(runtime_frame("decimal_serializer", source), frames[-1])
                self.assertEqual(frames_to_trace(frames, f"TypeError: {why}"), trace)

    def test_a_decimal_is_a_number(self) -> None:
        run = run_task(
            "from decimal import Decimal\n"
            "def lambda_handler(event, context):\n"
            "    return {'d': Decimal('1.10'), 'deep': [(Decimal('-3'), Decimal('1e3'))]}\n"
        )
        self.assertEqual(
            [("request-1", None, '{"d": 1.1, "deep": [[-3.0, 1000.0]]}')], run.said("report_done")
        )

    def test_an_error_while_the_value_is_shown_is_the_one_that_is_told(self) -> None:
        code = "    class Shy:\n        def __repr__(self): raise LookupError('no')\n    return Shy()\n"
        self.assert_reported(code, "LookupError")

    def test_so_for_a_result_that_holds_itself_has_odd_keys_or_too_long_a_number(self) -> None:
        for code, errortype in (
            ("    loop = []\n    loop.append(loop)\n    return loop\n", "ValueError"),
            ("    return {(1, 2): 3}\n", "TypeError"),
            ("    return 10 ** 5000\n", "ValueError"),
        ):
            with self.subTest(code=code):
                self.assert_reported(code, errortype)

    @unittest.skipIf(sys.platform == "emscripten", TOO_DEEP_FOR_PYODIDE)
    def test_so_for_a_result_that_is_nested_too_deep(self) -> None:
        self.assert_reported(
            "    deep = []\n    for _ in range(200_000):\n        deep = [deep]\n    return deep\n",
            "RecursionError",
        )

    def assert_reported(self, code: str, errortype: str) -> None:
        run = run_task(f"def lambda_handler(event, context):\n{code}")
        self.assertEqual([self.MESSAGE], [fault[1] for fault in run.said("report_fault")])
        self.assertEqual([errortype], [done[1] for done in run.said("report_done")])
        self.assertIsInstance(run.ended_by, Ended)


if __name__ == "__main__":
    unittest.main()
