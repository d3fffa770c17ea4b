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
            CALL_FRAME,
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
                self.assert_reported(run, [CALL_FRAME, frame], error_type, message, last)

    def test_an_exception_that_cannot_say_what_it_is_is_reported_all_the_same(self) -> None:
        run = run_task(
            "class Silent(Exception):\n    def __str__(self):\n        raise RuntimeError('no')\n"
            "def lambda_handler(event, context):\n    raise Silent\n"
        )
        frame = [run.file("lambda_function.py"), 5, "lambda_handler", "raise Silent"]
        self.assert_reported(run, [CALL_FRAME, frame], "Silent", "<exception str() failed>")

    # Claims: no-carets-in-the-log
    def test_no_marks_under_the_source_and_no_cause(self) -> None:
        run = run_task(
            "def lambda_handler(event, context):\n    try:\n        event['a']\n"
            "    except KeyError as error:\n"
            "        raise ValueError('told') from error\n"
        )
        source = "raise ValueError('told') from error"
        frame = [run.file("lambda_function.py"), 5, "lambda_handler", source]
        self.assert_reported(run, [CALL_FRAME, frame], "ValueError", "told")

    def test_a_frame_without_source_has_null_in_its_place(self) -> None:
        run = run_task(
            "exec(compile('def lambda_handler(event, context):\\n    raise ValueError(1)',"
            " '/Users/else/where.py', 'exec'))\n"
        )
        frame = ["/Users/else/where.py", 2, "lambda_handler", None]
        self.assert_reported(run, [CALL_FRAME, frame], "ValueError", "1")

    def test_endless_recursion_is_told_frame_by_frame(self) -> None:
        run = run_task("def lambda_handler(event, context):\n    lambda_handler(event, context)\n")
        ((_, errortype, answer),) = run.said("report_done")
        ((_, message, _, trace),) = run.said("report_fault")
        frames = json.loads(answer)["stackTrace"]
        frame = [run.file("lambda_function.py"), 2, "lambda_handler"]
        self.assertEqual("RecursionError", errortype)
        self.assertEqual(CALL_FRAME, frames[0])
        self.assertEqual([[*frame, "lambda_handler(event, context)"]] * (len(frames) - 1), frames[1:])
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
        run = run_task("def lambda_handler(event, context):\n    return {1, 2}\n")
        ((request, msg, except_value, trace),) = run.said("report_fault")
        ((_, errortype, answer),) = run.said("report_done")
        payload = json.loads(answer)
        why = "Object of type set is not JSON serializable"
        self.assertEqual(("request-1", self.MESSAGE, why), (request, msg, except_value))
        self.assertEqual("TypeError", errortype)
        self.assertEqual(["stackTrace", "errorType", "errorMessage"], list(payload))
        self.assertEqual(("TypeError", why), (payload["errorType"], payload["errorMessage"]))
        self.assertEqual(
            [
                runtime_frame("answer_result", "return None, to_json(result)"),
                runtime_frame("to_json", "return json.dumps(value)"),
            ],
            payload["stackTrace"][:2],
        )
        self.assertEqual(frames_to_trace(payload["stackTrace"], f"TypeError: {why}"), trace)

    def test_so_for_a_result_that_holds_itself_has_odd_keys_or_too_long_a_number(self) -> None:
        for code, errortype in (
            ("    loop = []\n    loop.append(loop)\n    return loop\n", "ValueError"),
            ("    return {(1, 2): 3}\n", "TypeError"),
            ("    return 10 ** 5000\n", "ValueError"),
            ("    return b'bytes'\n", "TypeError"),
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
