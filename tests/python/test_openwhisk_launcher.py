"""What the ActionLoop launcher does, behaviour by behaviour, as the original was measured to do it."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from .openwhisk import LAUNCHER, run_launcher

ACK = '{"ok": true}\n'
ECHO = "def main(params):\n    return {'got': params}\n"


class Start(unittest.TestCase):
    def test_the_ack_precedes_everything_and_follows_the_import(self) -> None:
        source = (
            "import os\ntry:\n    os.write(3, b'imported\\n')\nexcept OSError:\n    pass\n"
            "def main(params):\n    return {}\n"
        )
        self.assertEqual(["imported\n", ACK, "{}\n"], run_launcher(source, "{}").answers)

    def test_without_the_variable_there_is_no_ack(self) -> None:
        for variables in ({}, {"__OW_WAIT_FOR_ACK": ""}):
            self.assertEqual(['{"got": {}}\n'], run_launcher(ECHO, "{}", variables=variables).answers)

    def test_an_import_that_fails_ends_it_with_one_and_without_an_ack(self) -> None:
        for source in ("import no_such_module\n", "1 / 0\n", "def main(params) pass\n"):
            run = run_launcher(source, "{}")
            self.assertEqual((1, []), (run.status, run.answers))

    def test_so_does_a_missing_main_by_the_error_of_an_import(self) -> None:
        for source, name in (
            ("def other(params):\n    return {}\n", "main"),
            ("def main(params):\n    return {}\n", "mian"),
            ("def main(params):\n    return {}\ndel main\n", "main"),
        ):
            with self.subTest(source=source, name=name):
                run = run_launcher(source, "{}", variables={"__OW_WAIT_FOR_ACK": "1", "__OW_MAIN": name})
                self.assertEqual((1, []), (run.status, run.answers))
                self.assertIs(ImportError, type(run.ended_by))
                self.assertRegex(
                    str(run.ended_by), rf"^cannot import name '{name}' from 'main__' \(/.*/main__\.py\)$"
                )

    def test_a_name_that_the_module_makes_when_it_is_asked_for_is_there(self) -> None:
        source = (
            "def __getattr__(name):\n    if name != 'main':\n        raise AttributeError(name)\n"
            "    return lambda p: {'a': 1}\n"
        )
        self.assertEqual([ACK, '{"a": 1}\n'], run_launcher(source, "{}").answers)

    def test_main_may_have_another_name_and_the_action_does_not_see_the_variable(self) -> None:
        source = "import os\ndef other(params):\n    return {'names': sorted(os.environ)}\n"
        run = run_launcher(source, "{}", variables={"__OW_MAIN": "other"})
        self.assertEqual(['{"names": []}\n'], run.answers)

    def test_the_end_of_the_input_ends_it_with_nothing(self) -> None:
        run = run_launcher(ECHO)
        self.assertEqual((0, [ACK], "", ""), (run.status, run.answers, run.stdout, run.stderr))


class Activations(unittest.TestCase):
    def test_value_is_the_argument_and_missing_it_is_an_empty_dictionary(self) -> None:
        run = run_launcher(ECHO, '{"value": {"a": [1]}}', "{}", '{"value": "text"}')
        self.assertEqual([ACK, '{"got": {"a": [1]}}\n', '{"got": {}}\n', '{"got": "text"}\n'], run.answers)

    def test_other_keys_become_variables_and_stay_for_later_activations(self) -> None:
        source = (
            "import os\ndef main(params):\n"
            "    return {name: os.environ[name] for name in sorted(os.environ) if '__OW_A' in name}\n"
        )
        given = ['{"activation_id": "1", "action_name": "/guest/a"}', '{"activation_id": "2"}']
        run = run_launcher(source, *given)
        first = {"__OW_ACTION_NAME": "/guest/a", "__OW_ACTIVATION_ID": "1"}
        self.assertEqual(
            [first, {**first, "__OW_ACTIVATION_ID": "2"}], [json.loads(answer) for answer in run.answers[1:]]
        )

    def test_globals_live_on(self) -> None:
        source = "n = 0\ndef main(params):\n    global n\n    n += 1\n    return {'n': n}\n"
        self.assertEqual([ACK, '{"n": 1}\n', '{"n": 2}\n'], run_launcher(source, "{}", "{}").answers)

    def test_the_module_is_called_main__(self) -> None:
        source = "def main(params):\n    return {'name': __name__}\n"
        self.assertEqual('{"name": "main__"}\n', run_launcher(source, "{}").answers[1])

    def test_the_stack_is_the_launchers_module_and_main(self) -> None:
        source = (
            "import sys\ndef main(params):\n    caller = sys._getframe().f_back\n"
            "    return {'file': caller.f_code.co_filename, 'name': caller.f_code.co_name}\n"
        )
        answer = json.loads(run_launcher(source, "{}").answers[1])
        self.assertEqual({"file": str(LAUNCHER), "name": "<module>"}, answer)

    def test_an_exception_is_written_to_stderr_and_answered_and_the_process_lives_on(self) -> None:
        source = "def main(params):\n    raise ValueError('no é')\n"
        run = run_launcher(source, "{}", "{}")
        error = '{"error": "no é"}\n'
        self.assertEqual((0, [ACK, error, error]), (run.status, run.answers))
        self.assertEqual(2, run.stderr.count("Traceback (most recent call last):\n"))
        first, second, rest = run.stderr.split("ValueError: no é\n\n")
        self.assertEqual((first, ""), (second, rest))


class Answers(unittest.TestCase):
    def test_a_text_none_a_list_and_a_number_are_written_as_they_are(self) -> None:
        source = "def main(params):\n    return params['give']\n"
        given = ['"text"', "null", "[1, 2]", "42"]
        run = run_launcher(source, *(f'{{"value": {{"give": {text}}}}}' for text in given))
        self.assertEqual([ACK, *(f"{text}\n" for text in given)], run.answers)

    def test_what_json_has_no_form_for_ends_it_with_one_and_without_an_answer(self) -> None:
        run = run_launcher("def main(params):\n    return {'x': object()}\n", "{}", "{}")
        self.assertEqual((1, [ACK]), (run.status, run.answers))
        self.assertIsInstance(run.ended_by, TypeError)

    def test_nan_is_written_bare(self) -> None:
        source = "def main(params):\n    return {'x': float('nan'), 'y': float('inf')}\n"
        self.assertEqual('{"x": NaN, "y": Infinity}\n', run_launcher(source, "{}").answers[1])

    def test_text_is_not_escaped(self) -> None:
        self.assertEqual('{"got": "é花"}\n', run_launcher(ECHO, '{"value": "é\\u82b1"}').answers[1])


class Ends(unittest.TestCase):
    def test_sys_exit_ends_it_with_its_status_and_without_an_answer(self) -> None:
        run = run_launcher("import sys\ndef main(params):\n    sys.exit(3)\n", "{}")
        self.assertEqual((3, [ACK]), (run.status, run.answers))

    def test_a_deadline_that_is_a_number_is_a_type_error_and_ends_it_with_one(self) -> None:
        run = run_launcher(ECHO, '{"value": {}, "deadline": 1481673603000}')
        self.assertEqual((1, [ACK]), (run.status, run.answers))
        self.assertIsInstance(run.ended_by, TypeError)

    def test_bad_json_ends_it_with_one(self) -> None:
        run = run_launcher(ECHO, '{"value": {')
        self.assertEqual((1, [ACK]), (run.status, run.answers))
        self.assertIsInstance(run.ended_by, json.JSONDecodeError)


@unittest.skipIf(sys.platform == "emscripten", "no other process can be started there")
class RealPipes(unittest.TestCase):
    def test_a_process_of_its_own_says_the_same(self) -> None:
        source = "print('imported')\ndef main(params):\n    print('run')\n    return {'é': params}\n"
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "main__.py").write_text(source, encoding="utf-8")
            Path(folder, "exec__.py").write_text(LAUNCHER.read_text(encoding="utf-8"), encoding="utf-8")
            end, other = os.pipe()
            # A shell puts the pipe where the proxy does, as descriptor 3.
            process = subprocess.run(
                ["/bin/sh", "-c", f'"$0" -B exec__.py 3>&{other} {other}>&-', sys.executable],
                input='{"value": {"a": 1}}\n{"value": "é"}\n',
                env={"__OW_WAIT_FOR_ACK": "1", "PYTHONUTF8": "1"},
                cwd=folder,
                pass_fds=[other],
                capture_output=True,
                encoding="utf-8",
            )
            os.close(other)
            with os.fdopen(end, encoding="utf-8") as file:
                answers = list(file)
        said = process.returncode, process.stdout, process.stderr
        self.assertEqual((0, "imported\nrun\nrun\n", ""), said)
        self.assertEqual([ACK, '{"é": {"a": 1}}\n', '{"é": "é"}\n'], answers)


if __name__ == "__main__":
    unittest.main()
