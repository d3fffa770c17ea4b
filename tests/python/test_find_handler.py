"""Which function a handler's name stands for, and what the caller is told when there is none."""

import json
import unittest

from .lambda_2016 import Ended, Invocation, Run, frames_to_trace, run_task

GOOD = "def lambda_handler(event, context):\n    return 'found'\n"


class Found(unittest.TestCase):
    def test_the_name_is_split_at_its_last_dot(self) -> None:
        for file, handler in (
            ("lambda_function.py", "lambda_function.lambda_handler"),
            ("package/module.py", "package.module.lambda_handler"),
            ("package/module.py", "package/module.lambda_handler"),
            ("bootstrap.py", "bootstrap.lambda_handler"),
        ):
            with self.subTest(handler=handler):
                self.assertEqual(["found"], run_task({file: GOOD}, handler=handler).results)


class NotFound(unittest.TestCase):
    def assert_fault(self, run: Run, msg: str, except_value: str | None, trace: str | None) -> None:
        """The fault is told to the log and to the caller, and the process goes on."""
        self.assertIsInstance(run.ended_by, Ended)
        self.assertEqual([("request-1", msg, except_value, trace)], run.said("report_fault"))
        self.assertEqual(
            [("request-1", "FaultException", json.dumps({"errorMessage": msg}))],
            run.said("report_done"),
        )

    def test_a_name_without_module_or_function_is_a_bad_handler(self) -> None:
        for handler in ("lambda_handler", "", ".lambda_handler", "lambda_function.", "."):
            with self.subTest(handler=handler):
                run = run_task(GOOD, handler=handler)
                self.assert_fault(run, f"Bad handler '{handler}'", "it has to read MODULE.FUNCTION", None)

    def test_a_module_that_is_not_there_is_named(self) -> None:
        run = run_task(GOOD, handler="absent.lambda_handler")
        self.assert_fault(run, "Unable to import module 'absent'", "No module named 'absent'", None)

    def test_so_is_the_module_of_the_handler_when_one_that_it_imports_is_not_there(self) -> None:
        run = run_task("import absent\n" + GOOD)
        self.assert_fault(run, "Unable to import module 'lambda_function'", "No module named 'absent'", None)

    def test_a_function_that_is_not_there_is_named(self) -> None:
        run = run_task(GOOD, handler="lambda_function.absent")
        self.assert_fault(
            run,
            "Handler 'absent' missing on module 'lambda_function'",
            "module 'lambda_function' has no attribute 'absent'",
            None,
        )

    def test_a_module_that_is_not_python_is_told_with_its_line(self) -> None:
        run = run_task("x = 1\ny = = 2\n")
        self.assert_fault(
            run,
            "Syntax error in module 'lambda_function'",
            "invalid syntax (lambda_function.py, line 2)",
            None,
        )

    def test_a_module_that_raises_is_told_with_its_trace(self) -> None:
        run = run_task("def fail():\n    raise KeyError('x')\n\nfail()\n")
        file = run.file("lambda_function.py")
        frames = [
            [file, 4, "<module>", "fail()"],
            [file, 2, "fail", "raise KeyError('x')"],
        ]
        self.assert_fault(run, "module initialization error", "'x'", frames_to_trace(frames, "KeyError: 'x'"))

    def test_odd_names_end_in_a_fault_too(self) -> None:
        for handler in ("..f", "/f.g", "a..b", "a\0b.c", "lambda_function.\ud800"):
            with self.subTest(handler=handler):
                run = run_task(GOOD, handler=handler)
                self.assertIsInstance(run.ended_by, Ended)
                self.assertEqual(
                    ["FaultException"], [errortype for _, errortype, _ in run.said("report_done")]
                )

    def test_a_mode_that_there_is_not_is_a_fault(self) -> None:
        run = run_task(GOOD, mode="mail")
        self.assert_fault(run, "Bad mode 'mail'", "it has to be event or http", None)

    def test_every_invocation_is_answered_with_the_fault_and_the_module_tried_once(self) -> None:
        for suppress_init in (False, True):
            with self.subTest(suppress_init=suppress_init):
                run = run_task(
                    "print('imported')\nraise ValueError('no')\n",
                    Invocation(),
                    Invocation(request="request-2"),
                    suppress_init=suppress_init,
                )
                answer = json.dumps({"errorMessage": "module initialization error"})
                self.assertEqual(
                    [
                        ("request-1", "FaultException", answer),
                        ("request-2", "FaultException", answer),
                    ],
                    run.said("report_done"),
                )
                first, second = run.said("report_fault")
                self.assertEqual(first[1:], second[1:])
                self.assertEqual("imported\n", run.log)

    def test_sys_exit_at_import_ends_the_process(self) -> None:
        run = run_task("import sys\nsys.exit(3)\n")
        self.assertIsInstance(run.ended_by, SystemExit)
        self.assertEqual(["recv_start"], run.names)

    def test_that_the_thing_found_cannot_be_called_shows_at_the_call(self) -> None:
        run = run_task("lambda_handler = 5\n")
        self.assertEqual(["TypeError"], [done[1] for done in run.said("report_done")])


if __name__ == "__main__":
    unittest.main()
