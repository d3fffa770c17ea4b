"""What a program writes, and how it reaches the log."""

import re
import unittest

from .lambda_2016 import Run, run_task


def run_handler(*lines: str) -> Run:
    body = "".join(f"    {line}\n" for line in lines)
    return run_task(
        "import contextlib, io, logging, os, sys, traceback, warnings\n"
        f"def lambda_handler(event, context):\n{body}"
    )


class Streams(unittest.TestCase):
    def test_print_reaches_the_log_at_once_and_by_the_right_stream(self) -> None:
        run = run_handler("print('a', 1, end='')", "print('b', file=sys.stderr, end='')")
        self.assertEqual(
            [("a", 1), (" ", 1), ("1", 1), ("b", 2)],
            [call for call in run.said("log_bytes") if call[0]],
        )
        self.assertEqual("report_done", run.calls[-2][0])

    def test_they_are_text_streams_in_every_respect(self) -> None:
        run = run_handler(
            "out, err = sys.stdout, sys.stderr",
            "return [out.write('é\\n'), out.writelines(['x', 'y']), out.flush(), out.isatty(),",
            "        out.encoding, out.errors, out.writable(), out.readable(), out.closed,",
            "        out.fileno(), out.name, err.fileno(), err.name]",
        )
        respects = [2, None, None, False, "utf-8", "backslashreplace", True, False, False]
        self.assertEqual([[*respects, 1, "<stdout>", 2, "<stderr>"]], run.results)
        self.assertEqual("é\nxy", run.log)

    def test_bytes_go_through_the_buffer_and_what_is_not_utf_8_is_replaced(self) -> None:
        run = run_handler(
            "buffer = sys.stdout.buffer",
            "return [buffer.write(b'a\\xff'), buffer.write(bytearray('é'.encode())),",
            "        buffer.fileno(), buffer.write(memoryview(b'bc')), buffer.writelines([b'd'])]",
        )
        self.assertEqual([[2, 2, 1, 2, None]], run.results)
        self.assertEqual("a\ufffdébcd", run.log)

    def test_text_that_has_no_utf_8_form_is_escaped(self) -> None:
        self.assertEqual("\\ud800\n", run_handler("print('\\ud800')").log)

    def test_writing_something_else_is_a_type_error(self) -> None:
        for code in (
            "sys.stdout.write(5)",
            "sys.stdout.write(b'a')",
            "sys.stdout.buffer.write('a')",
            "sys.stdout.buffer.write(5)",
        ):
            with self.subTest(code=code):
                run = run_handler(code)
                self.assertEqual(["TypeError"], [done[1] for done in run.said("report_done")])
                self.assertEqual("", run.log)

    def test_the_library_writes_to_them(self) -> None:
        run = run_handler(
            "try:",
            "    1 / 0",
            "except ZeroDivisionError:",
            "    traceback.print_exc(limit=-1)",
        )
        self.assertTrue(run.log.startswith("Traceback (most recent call last):\n"), run.log)
        self.assertTrue(run.log.endswith("ZeroDivisionError: division by zero\n"), run.log)
        self.assertEqual({2}, {fileno for _, fileno in run.said("log_bytes")})

    def test_a_program_may_redirect_its_own_output(self) -> None:
        run = run_handler(
            "with contextlib.redirect_stdout(io.StringIO()) as kept:",
            "    print('kept')",
            "print('shown')",
            "return kept.getvalue()",
        )
        self.assertEqual(["kept\n"], run.results)
        self.assertEqual("shown\n", run.log)


class Logging(unittest.TestCase):
    def test_a_record_is_a_line_with_level_time_and_request(self) -> None:
        run = run_task(
            "import logging\nlogging.warning('at import')\n"
            "def lambda_handler(event, context):\n"
            "    logging.getLogger('mine').error('in %s', 'call')\n    logging.info('not shown')\n"
        )
        time = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
        self.assertRegex(
            run.log,
            re.compile(rf"\A\[WARNING\]\t{time}\t\tat import\n\[ERROR\]\t{time}\trequest-1\tin call\n\Z"),
        )


if __name__ == "__main__":
    unittest.main()
