"""From the start of the process to the first wait."""

import os
import unittest

from .lambda_2016 import BOOTSTRAP, Ended, Invocation, Run, run_task

TELL_ENVIRONMENT = """
import os
NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"]
AT_IMPORT = [os.environ.get(name) for name in NAMES]

def lambda_handler(event, context):
    return [AT_IMPORT, [os.environ.get(name) for name in NAMES]]
"""


class Start(unittest.TestCase):
    def test_an_invocation_passes_the_native_calls_in_this_order(self) -> None:
        run = run_task("def lambda_handler(event, context):\n    return event\n")
        self.assertIsInstance(run.ended_by, Ended)
        self.assertEqual(
            [
                ("recv_start", 14),
                ("report_running", "request-0"),
                ("receive_invoke", 14),
                ("report_done", "request-1", None, "{}"),
                ("receive_invoke", 14),
            ],
            run.calls,
        )

    def test_the_tasks_folder_comes_first_on_the_path_then_the_scripts_own(self) -> None:
        run = run_task(
            "import sys\nAT_IMPORT = sys.path[:3]\n"
            "def lambda_handler(event, context):\n    return [AT_IMPORT, sys.path[:3], sys.argv]\n"
        )
        own = os.path.dirname(BOOTSTRAP)
        path = [run.task, own, os.path.dirname(own)]
        self.assertEqual([[path, path, [BOOTSTRAP]]], run.results)

    def test_the_handler_runs_in_the_bootstraps_process(self) -> None:
        run = run_task(
            "import os, sys\ndef lambda_handler(event, context):\n"
            "    return [sys.modules['__main__'].__file__, os.getcwd(), __name__]\n"
        )
        self.assertEqual([[BOOTSTRAP, run.task, "lambda_function"]], run.results)

    def test_a_handler_that_imports_the_bootstrap_starts_nothing(self) -> None:
        run = run_task(
            "import bootstrap\ndef lambda_handler(event, context):\n    return bootstrap.__name__\n"
        )
        self.assertEqual(["bootstrap"], run.results)
        self.assertEqual(1, run.names.count("recv_start"))


class Credentials(unittest.TestCase):
    def test_those_of_the_start_are_there_at_import_those_of_the_invocation_at_the_call(
        self,
    ) -> None:
        other = Invocation(credentials=("K2", "S2", "T2"), request="request-2")
        run = run_task(TELL_ENVIRONMENT, Invocation(), other)
        start = ["START-KEY", "START-SECRET", "START-SESSION", "START-SESSION"]
        self.assertEqual(
            [
                [start, ["KEY", "SECRET", "SESSION", "SESSION"]],
                [start, ["K2", "S2", "T2", "T2"]],
            ],
            run.results,
        )

    def test_none_leaves_the_environment_as_it_is(self) -> None:
        run = run_task(
            TELL_ENVIRONMENT,
            Invocation(credentials=None),
            Invocation(),
            Invocation(credentials=None),
            credentials=None,
        )
        none, given = [None] * 4, ["KEY", "SECRET", "SESSION", "SESSION"]
        self.assertEqual([[none, none], [none, given], [none, given]], run.results)


class DelayedLoading(unittest.TestCase):
    TASK = "print('imported')\ndef lambda_handler(event, context):\n    print('called')\n"

    def order(self, run: Run) -> list[str]:
        return [call[1] if call[0] == "log_bytes" else call[0] for call in run.calls]

    def test_without_suppress_init_the_module_is_imported_before_the_wait(self) -> None:
        self.assertEqual(
            [
                *["recv_start", "imported", "\n", "report_running", "receive_invoke"],
                *["called", "\n", "report_done", "receive_invoke"] * 2,
            ],
            self.order(run_task(self.TASK, Invocation(), Invocation())),
        )

    def test_with_suppress_init_the_module_is_imported_at_the_first_invocation_only(self) -> None:
        self.assertEqual(
            [
                *["recv_start", "report_running", "receive_invoke", "imported", "\n"],
                *["called", "\n", "report_done", "receive_invoke"] * 2,
            ],
            self.order(run_task(self.TASK, Invocation(), Invocation(), suppress_init=True)),
        )

    def test_a_handler_that_cannot_be_found_waits_for_the_invocation_either_way(self) -> None:
        for suppress_init in (False, True):
            with self.subTest(suppress_init=suppress_init):
                run = run_task({}, Invocation(), suppress_init=suppress_init)
                self.assertEqual(
                    [
                        *["recv_start", "report_running", "receive_invoke"],
                        *["report_fault", "report_done", "receive_invoke"],
                    ],
                    run.names,
                )


if __name__ == "__main__":
    unittest.main()
