"""What reaches the log of today's runtime, and in which form."""

import io
import json
import logging
import os
import re
import tempfile
import unittest
from typing import Any

from .lambda_today import Invocation, Run, run_task, stack_of

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

    def test_are_written_by_streams_that_do_not_say_how_much(self) -> None:
        run = handles(
            "return [sys.stdout.write('three'), sys.stderr.write('x'), sys.stdout.writelines(['', ''])]"
        )
        self.assertEqual([[None, None, None]], run.answers)

    def test_that_cannot_be_encoded_fail_in_the_runtime_s_functions(self) -> None:
        def narrow() -> io.TextIOWrapper:
            return io.TextIOWrapper(io.BytesIO(), encoding="ascii")

        for lines, functions in (
            (("raise KeyError('é')",), ["run", "handle_event_request", "log_error", "log_error", "write"]),
            (("logging.error('é')",), ["emit", "log", "write"]),
            (("print('é')",), ["write"]),
        ):
            for variables in ({}, {"AWS_LAMBDA_LOG_FORMAT": "JSON"}):
                with self.subTest(lines=lines, variables=variables):
                    body = "".join(f"    {line}\n" for line in lines)
                    source = (
                        "import logging\ndef lambda_handler(event, context):\n"
                        f"    try:\n    {body}    except UnicodeEncodeError as error:\n"
                        "        raise KeyboardInterrupt from error\n"
                    )
                    run = run_task(source, stdout=narrow(), variables=variables)
                    error = run.ended_by
                    assert error is not None
                    frames = stack_of(error.__cause__ or error)
                    own = [(file, name) for file, name in frames if file == "bootstrap.py"]
                    self.assertEqual([("bootstrap.py", name) for name in functions], own)

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

    def test_are_read_without_regard_to_case_but_not_to_blanks(self) -> None:
        for name, level in (
            ("debug", 10),
            ("Trace", 10),
            ("fatal", 50),
            ("notset", 0),
            ("info ", 30),
            ("", 30),
        ):
            with self.subTest(name=name):
                self.assertEqual(level, self.level(name))

    def test_and_json_are_told_by_the_handler_s_class(self) -> None:
        for variables, name in (
            ({}, "LambdaLoggerHandler"),
            ({"AWS_LAMBDA_LOG_FORMAT": "text"}, "LambdaLoggerHandler"),
            ({"AWS_LAMBDA_LOG_LEVEL": "nonsense"}, "LambdaLoggerHandlerWithFrameType"),
            ({"AWS_LAMBDA_LOG_FORMAT": "jSoN"}, "LambdaLoggerHandlerWithFrameType"),
        ):
            with self.subTest(variables=variables):
                run = handles("return type(logging.root.handlers[0]).__name__", variables=variables)
                self.assertEqual([name], run.answers)


class Json(unittest.TestCase):
    def raises(self, *lines: str) -> tuple[str, str]:
        """Return what an error in the midst of logging is to the caller, its class and its text."""
        run = handles(*lines, "print('not reached')", variables={"AWS_LAMBDA_LOG_FORMAT": "JSON"})
        (post,) = run.posts
        (line,) = run.log.splitlines()
        self.assertIn("log_level", json.loads(line))
        return post.json["errorType"], post.json["errorMessage"]

    def test_levels_are_the_standard_ones_at_or_below_the_number(self) -> None:
        # Names are the whole Python's, which is the test's own here.
        for level, name in ((40, "ERROR"), (23, "Level 23")):
            self.addCleanup(logging.addLevelName, level, name)
        records = self.records(
            "logging.root.setLevel(1)",
            "logging.addLevelName(23, 'NOTICE')",
            "logging.addLevelName(40, 'FEHLER')",
            "for level in 4, 19, 23, 38, 47, 1000: logging.log(level, 'x')",
        )
        names = ["NOTSET", "DEBUG", "INFO", "WARNING", "FEHLER", "CRITICAL"]
        self.assertEqual(names, [record["level"] for record in records])

    def test_an_extra_without_a_form_in_json_is_an_error_of_the_call(self) -> None:
        for value, name in (
            ("frozenset()", "frozenset"),
            ("b'x'", "bytes"),
            ("{'deep': [object()]}", "object"),
            ("KeyError('k')", "KeyError"),
            ("1j", "complex"),
        ):
            with self.subTest(value=value):
                error = self.raises(f"logging.error('x', extra={{'one': {value}}})")
                self.assertEqual(("TypeError", f"Object of type {name} is not JSON serializable"), error)
        kind, text = self.raises("logging.error('x', extra={'one': {frozenset(): 1}})")
        self.assertEqual("TypeError", kind)
        self.assertIn("not frozenset", text)

    def test_such_an_error_may_be_caught_and_nothing_is_written(self) -> None:
        records = self.records(
            "try: logging.error('lost', extra={'one': {2}})",
            "except TypeError as error: logging.error(str(error))",
        )
        self.assertEqual(
            ["Object of type set is not JSON serializable"], [record["message"] for record in records]
        )

    def test_an_extra_of_none_is_left_out_and_one_of_the_line_s_own_names_ignored(self) -> None:
        names = (
            "timestamp",
            "level",
            "logger",
            "stackTrace",
            "errorType",
            "errorMessage",
            "requestId",
            "location",
        )
        extra = {**dict.fromkeys(names, "mine"), "tenantId": "mine", "gone": None, "no": False, "list": []}
        (record,) = self.records(f"logging.warning('x', extra={extra})")
        self.assertRegex(record.pop("timestamp"), rf"^{TIME}Z$")
        self.assertEqual(
            {
                "level": "WARNING",
                "message": "x",
                "logger": "root",
                "requestId": "request-1",
                "tenantId": "tenant",
                "no": False,
                "list": [],
            },
            record,
        )
        run = handles(f"logging.warning('x', extra={extra})", variables={"AWS_LAMBDA_LOG_FORMAT": "JSON"})
        self.assertEqual("mine", json.loads(run.log)["tenantId"])

    def test_exc_info_where_there_is_no_exception_is_an_error_of_the_call(self) -> None:
        error = self.raises("logging.error('x', exc_info=True)")
        self.assertEqual(("AttributeError", "'NoneType' object has no attribute '__name__'"), error)
        self.assertIn("\tx\nNoneType: None", handles("logging.error('x', exc_info=True)").log)

    def test_errors_of_the_call_pass_the_runtime_s_functions_where_they_lie(self) -> None:
        for line, variables, files in (
            ("logging.error('%x', 'y')", {}, ["bootstrap.py emit"]),
            (
                "logging.error('x', extra={'o': {1}})",
                {"AWS_LAMBDA_LOG_FORMAT": "JSON"},
                ["bootstrap.py emit", "lambda_runtime_log_utils.py format"],
            ),
            (
                "logging.error('x', exc_info=(None, None, None))",
                {"AWS_LAMBDA_LOG_FORMAT": "JSON"},
                [
                    "bootstrap.py emit",
                    "lambda_runtime_log_utils.py format",
                    "lambda_runtime_log_utils.py __format_exception_name",
                ],
            ),
        ):
            with self.subTest(line=line):
                (post,) = handles(line, variables=variables).posts
                found = [
                    re.sub(r'.*/(\w+\.py)", line \d+, in (\w+)', r"\1 \2", entry.split("\n")[0])
                    for entry in post.json["stackTrace"]
                    if "/awslambdaric/" in entry
                ]
                self.assertEqual(files, found)

    def records(self, *lines: str) -> list[Any]:
        tenant = Invocation(headers={"lambda-runtime-aws-tenant-id": "tenant"})
        body = "".join(f"    {line}\n" for line in lines)
        run = run_task(
            f"import logging\ndef lambda_handler(event, context):\n{body}",
            tenant,
            variables={"AWS_LAMBDA_LOG_FORMAT": "JSON"},
        )
        records = [json.loads(line) for line in run.log.splitlines()]
        for record in records:
            # Where the tests themselves run in a task.
            record.pop("taskName", None)
        return records

    def test_records_have_their_keys_in_order_and_extras_last(self) -> None:
        (record,) = self.records(
            "logging.getLogger('shop').error('no %s', 'é', extra={'basket': [1], 'odd': float('inf')})"
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
                ("odd", float("inf")),
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
                "requestId",
                "tenantId",
                "location",
            ],
            list(record),
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
            # The process closes it at its end.
            own = {"_LAMBDA_TELEMETRY_LOG_FD": str(os.dup(file.fileno()))}
            run = handles(*lines, variables={**variables, **own})
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
        indent = "\u00a0\u00a0"
        self.assertRegex(
            text,
            rf"^\[ERROR\] ValueError: no\nTraceback \(most recent call last\):\n{indent}File "
            rf'".*lambda_function\.py", line 3, in lambda_handler\n{indent * 2}raise ValueError\(\'no\'\)$',
        )

    def test_an_error_of_json_is_one_frame_without_a_line_s_end(self) -> None:
        for line, error_type in (
            ("raise LookupError('x')", "LookupError"),
            ("return {1}", "Runtime.MarshalError"),
        ):
            with self.subTest(line=line):
                ((kind, text),) = self.frames(line, AWS_LAMBDA_LOG_FORMAT="JSON")
                self.assertEqual(0xA55A0016, kind)
                self.assertTrue(text.endswith("}"), text)
                self.assertEqual(error_type, json.loads(text)["errorType"])

    def test_a_fault_without_a_stack_ends_with_the_line_before_it(self) -> None:
        ((_, text),) = self.frames("return object()")
        self.assertTrue(text.endswith("\nTraceback (most recent call last):"), text)

    def test_say_the_level_of_the_number_rounded_down(self) -> None:
        self.addCleanup(logging.addLevelName, 41, "Level 41")
        for variables, bit in (({"AWS_LAMBDA_LOG_FORMAT": "JSON"}, 0), ({}, 1)):
            with self.subTest(variables=variables):
                frames = self.frames(
                    "logging.addLevelName(41, 'LOUD')",
                    "for level in 3, 11, 29, 31, 41, 99: logging.log(level, 'line')",
                    AWS_LAMBDA_LOG_LEVEL="NOTSET",
                    **variables,
                )
                kinds = [0x02, 0x0A, 0x0E, 0x12, 0x16, 0x1A]
                self.assertEqual([0xA55A0000 + kind + bit for kind in kinds], [kind for kind, _ in frames])

    def test_say_what_has_formatted_the_line(self) -> None:
        ((kind, text),) = self.frames(
            "logging.getLogger().handlers[0].setFormatter(logging.Formatter('%(name)s!'))",
            "logging.critical('x')",
            AWS_LAMBDA_LOG_FORMAT="JSON",
        )
        self.assertEqual((0xA55A001B, "root!"), (kind, text))

    def test_are_no_reason_for_another_class_of_handler(self) -> None:
        self.assertEqual(
            "LambdaLoggerHandler", self.frames("context.log(type(logging.root.handlers[0]).__name__)")[0][1]
        )

    def test_end_the_process_where_the_number_is_none_or_of_no_open_file(self) -> None:
        for number, error, functions in (
            ("seven", ValueError, ["run", "create_log_sink", "__init__"]),
            ("987", OSError, ["run", "__enter__"]),
        ):
            with self.subTest(number=number):
                run = handles("return 1", variables={"_LAMBDA_TELEMETRY_LOG_FD": number})
                self.assertIsInstance(run.ended_by, error)
                self.assertEqual([], run.requests)
                self.assertEqual(functions, [name for file, name in run.stack if file == "bootstrap.py"])

    def test_the_variable_that_names_the_file_is_gone(self) -> None:
        self.assertEqual([], self.frames("import os", "assert '_LAMBDA_TELEMETRY_LOG_FD' not in os.environ"))


if __name__ == "__main__":
    unittest.main()
