"""What reaches the log of today's runtime, and in which form."""

import json
import os
import tempfile
import unittest
from typing import Any

from .lambda_today import Invocation, Run, run_task

TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"


def handles(*lines: str, **options: Any) -> Run:
    """Run a handler of these lines."""
    body = "".join(f"    {line}\n" for line in lines)
    return run_task(f"import logging, sys\ndef lambda_handler(event, context):\n{body}", **options)


class Lines(unittest.TestCase):
    def test_of_logging_have_level_time_request_and_message(self) -> None:
        run = run_task(
            "import logging\nlogging.warning('imported')\n"
            "def lambda_handler(event, context):\n    logging.info('unseen')\n    logging.error('%d', 1)\n"
        )
        self.assertRegex(
            run.log,
            rf"^\[WARNING\]\t{TIME}\.\d{{3}}Z\t\timported\n\[ERROR\]\t{TIME}\.\d{{3}}Z\trequest-1\t1\n$",
        )

    def test_of_print_and_of_the_context_are_as_they_are(self) -> None:
        run = handles("print('one', end='')", "context.log({'a': 1})", "sys.stdout.writelines(['x', 'y'])")
        self.assertEqual("one{'a': 1}xy", run.log)

    def test_of_standard_error_stay_apart(self) -> None:
        run = handles("print('out')", "print('err', file=sys.stderr)")
        self.assertEqual(("out\n", "err\n"), (run.log, run.errors))

    def test_of_an_error_stay_together(self) -> None:
        run = handles("raise ValueError('two\\nlines')")
        file = run.file("lambda_function.py")
        indent = "\u00a0\u00a0"
        self.assertEqual(
            f'[ERROR] ValueError: two\nlines\rTraceback (most recent call last):\r{indent}File "{file}", '
            f"line 3, in lambda_handler\r{indent}{indent}raise ValueError('two\\nlines')\n",
            run.log,
        )

    def test_of_an_error_without_a_text_have_no_colon(self) -> None:
        self.assertTrue(handles("raise RuntimeError").log.startswith("[ERROR] RuntimeError\rTraceback"))


class Levels(unittest.TestCase):
    def level(self, name: str) -> int:
        (level,) = handles(
            "return logging.getLogger().level", variables={"AWS_LAMBDA_LOG_LEVEL": name}
        ).answers
        return level

    def test_come_from_outside_where_logging_knows_them(self) -> None:
        for name, level in (
            ("DEBUG", 10),
            ("TRACE", 10),
            ("INFO", 20),
            ("WARN", 30),
            ("FATAL", 50),
            ("Chatty", 30),
        ):
            with self.subTest(name=name):
                self.assertEqual(level, self.level(name))


class Json(unittest.TestCase):
    def records(self, *lines: str) -> list[Any]:
        tenant = Invocation(headers={"lambda-runtime-aws-tenant-id": "tenant"})
        body = "".join(f"    {line}\n" for line in lines)
        run = run_task(
            f"import logging\ndef lambda_handler(event, context):\n{body}",
            tenant,
            variables={"AWS_LAMBDA_LOG_FORMAT": "JSON"},
        )
        return [json.loads(line) for line in run.log.splitlines()]

    def test_records_have_their_keys_in_order_and_extras_last(self) -> None:
        (record,) = self.records(
            "logging.getLogger('shop').error('no %s', 'é', extra={'basket': [1], 'odd': object})"
        )
        self.assertRegex(record.pop("timestamp"), rf"^{TIME}Z$")
        self.assertEqual(
            [
                ("level", "ERROR"),
                ("message", "no é"),
                ("logger", "shop"),
                ("requestId", "request-1"),
                ("tenantId", "tenant"),
                ("basket", [1]),
                ("odd", "<class 'object'>"),
            ],
            list(record.items()),
        )

    def test_a_record_of_an_exception_has_its_parts(self) -> None:
        (record,) = self.records(
            "try:", "    {}['x']", "except KeyError:", "    logging.exception('went wrong')"
        )
        self.assertEqual(
            [
                "timestamp",
                "level",
                "message",
                "logger",
                "stackTrace",
                "errorType",
                "errorMessage",
                "location",
            ],
            list(record)[:8],
        )
        self.assertEqual(("KeyError", "'x'"), (record["errorType"], record["errorMessage"]))
        self.assertRegex(record["location"], r"/lambda_function\.py:lambda_handler:6$")

    def test_an_error_that_nobody_caught_has_its_level_under_another_name(self) -> None:
        (record,) = self.records("raise ValueError('no')")
        self.assertEqual(
            ["timestamp", "log_level", "errorMessage", "errorType", "requestId", "stackTrace"], list(record)
        )
        self.assertEqual("ERROR", record["log_level"])


class Frames(unittest.TestCase):
    def frames(self, *lines: str, **variables: str) -> list[tuple[int, str]]:
        with tempfile.TemporaryFile() as file:
            fd = os.dup(file.fileno())
            try:
                own = {"_LAMBDA_TELEMETRY_LOG_FD": str(fd)}
                run = handles(*lines, variables={**variables, **own})
            finally:
                os.close(fd)
            file.seek(0)
            data = file.read()
        self.assertEqual("", run.log)
        return list(self.parse(data))

    def parse(self, data: bytes) -> Any:
        while data:
            kind, length = int.from_bytes(data[:4], "big"), int.from_bytes(data[4:8], "big")
            self.assertGreater(int.from_bytes(data[8:16], "big"), 1_700_000_000_000_000)
            yield kind, data[16 : 16 + length].decode("utf-8")
            data = data[16 + length :]

    def test_say_no_level_of_text_unless_one_was_given_from_outside(self) -> None:
        for variables, kind in (({}, 0xA55A0003), ({"AWS_LAMBDA_LOG_LEVEL": "INFO"}, 0xA55A0013)):
            with self.subTest(variables=variables):
                frames = self.frames("logging.warning('雪')", "context.log('plain')", **variables)
                self.assertEqual([kind, 0xA55A0003], [frame[0] for frame in frames])
                self.assertTrue(frames[0][1].endswith("\trequest-1\t雪\n"), frames)

    def test_say_the_level_of_json(self) -> None:
        frames = self.frames(
            "for level in 10, 20, 30, 40, 50: logging.log(level, 'line')",
            AWS_LAMBDA_LOG_FORMAT="JSON",
            AWS_LAMBDA_LOG_LEVEL="DEBUG",
        )
        kinds = [0xA55A000A, 0xA55A000E, 0xA55A0012, 0xA55A0016, 0xA55A001A]
        self.assertEqual(kinds, [kind for kind, _ in frames])

    def test_an_error_is_one_frame_of_several_lines(self) -> None:
        ((kind, text),) = self.frames("raise ValueError('no')")
        self.assertEqual(0xA55A0017, kind)
        self.assertTrue(
            text.startswith("[ERROR] ValueError: no\nTraceback (most recent call last):\n  File "), text
        )

    def test_the_variable_that_names_the_file_is_gone(self) -> None:
        self.assertEqual([], self.frames("import os", "assert '_LAMBDA_TELEMETRY_LOG_FD' not in os.environ"))


if __name__ == "__main__":
    unittest.main()
