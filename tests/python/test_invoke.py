"""Decode, call, encode: an invocation that goes well, and the frames that it shows."""

import re
import sys
import unittest

from .lambda_2016 import (
    BOOTSTRAP,
    SOURCE,
    TOO_DEEP_FOR_PYODIDE,
    Ended,
    Invocation,
    line_of,
    run_task,
)

# As in the post that the site starts from: the call stands on line 4.
PRINT_STACK = """\
import traceback

def lambda_handler(event, context):
    traceback.print_stack()
"""


class Frames(unittest.TestCase):
    CALL_IN_MAIN = (
        "handle_event_request(request_handler, invokeid, event_body, context_objs, invoked_function_arn)"
    )
    CALL = "result = request_handler(json_input, context)"

    def test_the_stack_is_the_published_one(self) -> None:
        for suppress_init in (False, True):
            with self.subTest(suppress_init=suppress_init):
                run = run_task(PRINT_STACK, Invocation(), Invocation(), suppress_init=suppress_init)
                shown = (
                    f'  File "{BOOTSTRAP}", line {len(SOURCE)}, in <module>\n'
                    "    main()\n"
                    f'  File "{BOOTSTRAP}", line {line_of(self.CALL_IN_MAIN)}, in main\n'
                    f"    {self.CALL_IN_MAIN}\n"
                    f'  File "{BOOTSTRAP}", line {line_of(self.CALL)}, in handle_event_request\n'
                    f"    {self.CALL}\n"
                    f'  File "{run.file("lambda_function.py")}", line 4, in lambda_handler\n'
                    "    traceback.print_stack()\n"
                )
                # What lies below the script's own frame is the test, in the test's process.
                stacks = re.split(r'(?=  File "[^"]*bootstrap\.py", line \d+, in <module>\n)', run.log)
                self.assertEqual(shown, stacks[2] if len(stacks) == 3 else stacks)
                self.assertTrue(stacks[1].startswith(shown), stacks[1])

    def test_each_source_line_that_a_stack_prints_is_that_line_of_the_file(self) -> None:
        run = run_task(PRINT_STACK)
        printed = re.findall(r'File "([^"]*)", line (\d+), in \S+\n    (.*)\n', run.log)
        of_bootstrap = [(int(line), text) for file, line, text in printed if file == BOOTSTRAP]
        self.assertEqual([(line, SOURCE[line - 1].strip()) for line, _ in of_bootstrap], of_bootstrap)
        self.assertEqual(3, len(of_bootstrap))

    def test_at_import_the_stack_tells_whether_loading_was_delayed(self) -> None:
        task = (
            "import inspect\n"
            "FRAMES = [frame.function for frame in inspect.stack(0)\n"
            f"          if frame.filename == {BOOTSTRAP!r}]\n"
            "def lambda_handler(event, context):\n    return FRAMES\n"
        )
        finding = ["import_module", "find_handler", "_get_handlers"]
        self.assertEqual([[*finding, "main", "<module>"]], run_task(task).results)
        self.assertEqual(
            [[*finding, "init_handler", "main", "<module>"]],
            run_task(task, suppress_init=True).results,
        )


class EventAndResult(unittest.TestCase):
    ECHO = "def lambda_handler(event, context):\n    return event\n"

    def test_any_json_goes_in_and_comes_back(self) -> None:
        for event, result in (
            ("{}", "{}"),
            ('{"a": [1, 2.5, true, null]}', '{"a": [1, 2.5, true, null]}'),
            ("[]", "[]"),
            ("null", "null"),
            ('"é"', '"\\u00e9"'),
            ('"\\ud800"', '"\\ud800"'),
            (' {"b":1,"a":2}\n', '{"b": 1, "a": 2}'),
            ("NaN", "NaN"),
        ):
            with self.subTest(event=event):
                run = run_task(self.ECHO, Invocation(event))
                self.assertEqual([("request-1", None, result)], run.said("report_done"))

    def test_an_event_that_is_not_json_is_a_fault(self) -> None:
        for event, why in (
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("{} {}", "Extra data: line 1 column 4 (char 3)"),
        ):
            with self.subTest(event=event):
                self.assert_not_parsed(event, why)

    @unittest.skipIf(sys.platform == "emscripten", TOO_DEEP_FOR_PYODIDE)
    def test_so_is_one_that_is_nested_too_deep(self) -> None:
        self.assert_not_parsed("[" * 200_000, None)

    def assert_not_parsed(self, event: str, why: str | None) -> None:
        """The fault is told to log and caller, the handler is not called, the process goes on."""
        run = run_task("def lambda_handler(event, context):\n    print('x')\n", Invocation(event))
        message = "Unable to parse input as json"
        ((request, msg, except_value, trace),) = run.said("report_fault")
        self.assertEqual(("request-1", message, None), (request, msg, trace))
        if why is not None:
            self.assertEqual(why, except_value)
        self.assertEqual(
            [("request-1", "FaultException", '{"errorMessage": "Unable to parse input as json"}')],
            run.said("report_done"),
        )
        self.assertEqual("", run.log)
        self.assertIsInstance(run.ended_by, Ended)

    def test_what_the_module_keeps_is_there_at_the_next_invocation(self) -> None:
        run = run_task(
            "COUNT = []\ndef lambda_handler(event, context):\n"
            "    COUNT.append(context.aws_request_id)\n    return COUNT\n",
            Invocation(),
            Invocation(request="request-2"),
        )
        self.assertEqual([["request-1"], ["request-1", "request-2"]], run.results)

    def test_a_handler_may_be_anything_that_can_be_called(self) -> None:
        run = run_task(
            "class Handler:\n    def __call__(self, event, context):\n        return 'called'\n"
            "lambda_handler = Handler()\n"
        )
        self.assertEqual(["called"], run.results)


if __name__ == "__main__":
    unittest.main()
