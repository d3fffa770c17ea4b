"""How this Python becomes a platform's process, and how that process ends."""

import asyncio
import base64
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
import unittest
from importlib.machinery import BuiltinImporter
from pathlib import Path
from types import ModuleType
from typing import Any

from .the_harness import SRC, native, pipes, session
from .watched import LIBRARY, Event, modules, to_text

REAL_PATH = [path for path in sys.path if path]
VARIABLES = {"LAMBDA_TASK_ROOT": "/var/task", "PYTHONPATH": "/var/first::/var/second"}


class Process:
    """One platform's process, played inside the test's own, which is given back afterwards."""

    def __init__(
        self,
        test: unittest.TestCase,
        entry: str,
        answers: dict[str, Any] | None = None,
        module: str | None = None,
        out: int | None = None,
        keeps_main: bool = True,
    ) -> None:
        """Prepare the process of an entry script's text, or of a module's that is started by its name.

        `out` is the number under which it finds a pipe to its platform. With `keeps_main` false nothing of
        the test's holds what is in the entry script's names.
        """
        self.asked: list[tuple[str, str, Any]] = []
        self.events: list[Event] = []
        # The namespace of the entry script as it was before the process let go of it.
        self.main: dict[str, Any] = {}
        self._keeps_main = keeps_main
        self._answers = {"exit": {"end": True}} | (answers or {})
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.root = os.path.realpath(folder.name)
        self.entry = self.file(f"runtime/{module or 'entry'}.py", entry)
        # The image is what lies below the first two folders of the entry's path: the task lies elsewhere.
        self.cwd = tempfile.mkdtemp()
        test.addCleanup(shutil.rmtree, self.cwd)
        # Each Python has its library in another place.
        test.addCleanup(setattr, session, "LIBRARY", session.LIBRARY)
        session.LIBRARY = LIBRARY
        keep_process(test)
        # What an interpreter in a browser starts from: its library, and a path of the lab's own.
        sys.path[:] = ["/harness", "/lib/python314.zip", "/lib/python3.14"]
        image: dict[str, Any] = {
            "entry": self.entry,
            "cwd": self.cwd,
            "task": self.cwd,
            "native": [
                {
                    "module": "lab_runtime",
                    "origin": "/lab_runtime.so",
                    "output": "log",
                    "functions": ["log", "wait"],
                }
            ],
        }
        if module is not None:
            shutil.copy(self.entry, self.cwd)
            image["start"] = {"module": module, "arguments": ["LAMBDA_TASK_ROOT", "NOT_SET"]}
        if out is not None:
            image["pipes"] = {"in": 0, "out": out}
            test.addCleanup(setattr, os, "read", os.read)
            for name in ("stdin", "__stdin__"):
                test.addCleanup(setattr, sys, name, getattr(sys, name))
            for fd in (out, pipes.OWN_END):
                test.addCleanup(os.close, fd)
        image["executable"] = "/usr/bin/python"
        self.session = session.prepare(
            json.dumps(image), json.dumps(VARIABLES), self._call, self._record, None
        )

    def file(self, name: str, text: str) -> str:
        """Lay a file on the process's disk, and return its path."""
        path = Path(self.root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def _call(self, module: str, name: str, args: str) -> str:
        self.asked.append((module, name, json.loads(args)))
        return json.dumps(self._answers.get(name, {"value": None}))

    def _record(self, batch: str) -> None:
        self.events += json.loads(batch)

    def run(self, events: int = 0, output: int = 1000) -> tuple[int, str]:
        """Run the process to its end; return its exit status and what it wrote to its own stderr."""
        with tempfile.TemporaryFile() as stderr:
            own = os.dup(2)
            os.dup2(stderr.fileno(), 2)
            try:
                self._run_entry(events, output)
                status = self.session.ended()
            finally:
                os.dup2(own, 2)
                os.close(own)
            stderr.seek(0)
            return status, stderr.read().decode()

    def _run_entry(self, events: int, output: int) -> None:
        if self.session.outermost is None:
            return
        self.session.begin(events, output)
        try:
            self.session.outermost(*self.session.args)
        except BaseException as error:
            sys.settrace(None)
            # As Pyodide does, where this frame of ours is none.
            trace = error.__traceback__
            vars(sys)["last_exc"] = error.with_traceback(trace and trace.tb_next)
            del trace
        if self._keeps_main and len(self.session.args) == 2:
            self.main = dict(self.session.args[1])


def keep_process(test: unittest.TestCase) -> None:
    """Give back, when the test is over, everything that a session changes of the process."""
    main = ModuleType("__main__")
    vars(main)["left_over"] = 1
    kept = modules({"__main__": main})
    kept.__enter__()
    test.addCleanup(kept.__exit__, None, None, None)
    for values in (sys.path, sys.argv, sys.orig_argv, sys.meta_path):
        test.addCleanup(values.__setitem__, slice(None), list(values))
    # In Pyodide the tests themselves run in its loop.
    loop = asyncio._get_running_loop()
    test.addCleanup(asyncio._set_running_loop, loop)
    policy = vars(asyncio.events)["_event_loop_policy"]
    test.addCleanup(setattr, asyncio.events, "_event_loop_policy", policy)
    for owner, name in (
        (asyncio, "run"),
        (time, "sleep"),
        (traceback, "walk_tb"),
        (traceback, "_walk_tb_with_full_positions"),
        (sys, "dont_write_bytecode"),
    ):
        test.addCleanup(setattr, owner, name, getattr(owner, name))
    environment, cwd = dict(os.environ), os.getcwd()
    test.addCleanup(lambda: (os.environ.clear(), os.environ.update(environment), os.chdir(cwd)))
    posix = sys.modules["posix"]
    for owner, name in (
        (os, "_exit"),
        (os, "abort"),
        (posix, "_exit"),
        (posix, "abort"),
        (os, "kill"),
        (posix, "kill"),
        (sys, "builtin_module_names"),
        (sys, "executable"),
        (sys, "excepthook"),
    ):
        # A second process of the same test finds those gone that the first has taken away.
        if hasattr(owner, name):
            test.addCleanup(setattr, owner, name, getattr(owner, name))
    # A static method has to come back as one: by its class's own table, not by its name.
    create = vars(BuiltinImporter)["create_module"]
    test.addCleanup(setattr, BuiltinImporter, "create_module", create)
    test.addCleanup(vars(sys).pop, "last_exc", None)
    vars(sys).pop("last_exc", None)


class StartOfAModule(unittest.TestCase):
    def test_it_is_main_beneath_two_frames_of_python_s(self) -> None:
        process = Process(
            self,
            "import json, sys, lab_runtime\n"
            "frame = sys._getframe()\n"
            "below = frame.f_back\n"
            "names = [frame.f_code.co_name, below.f_code.co_name, below.f_back.f_code.co_name]\n"
            "lab_runtime.log(json.dumps([names, __name__, __spec__.name, sys.path[0]]), 1)\n",
            module="lab_module",
        )
        # Where Python's own library lies, for what the module imports.
        sys.path[2:] = REAL_PATH
        self.assertEqual((0, ""), process.run())
        (_, _, (text, _)) = process.asked[0]
        names = ["<module>", "_run_code", "_run_module_as_main"]
        self.assertEqual([names, "__main__", "lab_module", process.cwd], json.loads(text))

    def test_its_arguments_are_the_values_of_variables_that_are_set(self) -> None:
        process = Process(self, "", module="lab_module")
        self.assertEqual([process.entry, "/var/task"], sys.argv)
        self.assertEqual(["/usr/bin/python", "-m", "lab_module", "/var/task"], sys.orig_argv)


class Start(unittest.TestCase):
    def test_python_is_the_platform_s(self) -> None:
        process = Process(self, "")
        self.assertEqual(
            ("/usr/bin/python", ["/usr/bin/python", process.entry]), (sys.executable, sys.orig_argv)
        )

    def test_modules_count_as_built_in_that_are_so_on_the_platform(self) -> None:
        Process(self, "")
        self.assertTrue({"sys", "time", "posix"} <= set(sys.builtin_module_names))
        self.assertFalse({"math", "zlib", "_json"} & set(sys.builtin_module_names))

    def test_the_entry_s_folder_comes_first_on_the_path_then_pythonpath_then_the_library(self) -> None:
        process = Process(self, "")
        self.assertEqual(
            [
                os.path.dirname(process.entry),
                "/var/first",
                "/var/second",
                "/lib/python314.zip",
                "/lib/python3.14",
            ],
            sys.path,
        )

    def test_it_has_the_arguments_the_folder_and_the_variables_of_the_platform_and_no_others(self) -> None:
        process = Process(self, "")
        self.assertEqual(([process.entry], process.cwd), (sys.argv, os.getcwd()))
        self.assertEqual(VARIABLES, dict(os.environ))
        self.assertEqual(VARIABLES["PYTHONPATH"], os.getenv("PYTHONPATH"))

    def test_the_entry_is_main_and_its_names_are_a_script_s(self) -> None:
        process = Process(
            self,
            "names = sorted(globals())\nsame = vars(__import__('sys').modules['__main__']) is globals()\n",
        )
        self.assertEqual((0, ""), process.run())
        main = process.main
        self.assertTrue(main["same"])
        own = [
            "__builtins__",
            "__doc__",
            "__file__",
            "__loader__",
            "__name__",
            "__package__",
            "__spec__",
        ]
        self.assertEqual(own, main["names"])
        self.assertEqual(("__main__", process.entry), (main["__name__"], main["__file__"]))
        self.assertEqual([None] * 4, [main[f"__{name}__"] for name in ("doc", "package", "spec", "loader")])

    def test_neighbours_of_the_entry_are_imported_by_their_names(self) -> None:
        process = Process(self, "import beside\nfound = beside.__file__\n")
        beside = process.file("runtime/beside.py", "")
        self.assertEqual((0, ""), process.run())
        self.assertEqual(beside, process.main["found"])

    def test_its_native_modules_are_found_and_answer(self) -> None:
        process = Process(
            self,
            "import importlib.util, lab_runtime\n"
            "origin = importlib.util.find_spec('lab_runtime').origin\n"
            "answer = lab_runtime.wait(1)\n",
            {"wait": {"value": [2]}},
        )
        self.assertEqual((0, ""), process.run())
        self.assertEqual(("/lab_runtime.so", (2,)), (process.main["origin"], process.main["answer"]))
        self.assertEqual([("lab_runtime", "wait", [1])], process.asked)

    def test_its_frames_are_recorded_from_the_outermost_on_and_the_task_s_are_the_handler_s(self) -> None:
        process = Process(self, "import sys\nsys.path.append('.')\nimport mine\nmine.handler()\n")
        Path(process.cwd, "mine.py").write_text("def handler():\n    pass\n", encoding="utf-8")
        self.assertEqual((0, ""), process.run(events=100))
        self.assertEqual(
            [
                "1 call <module> entry.py:1 runtime from None",
                "2 call <module> mine.py:1 handler from 1",
                "3 call handler mine.py:1 handler from 1",
            ],
            [to_text(event) for event in process.events if event["kind"] == "call"],
        )

    def test_output_is_held_to_the_limit_and_the_cut_stands_where_it_happened(self) -> None:
        process = Process(
            self, "import lab_runtime\nfor _ in range(3):\n    lab_runtime.log('abc', 1)\nafter = 1\n"
        )
        process.run(events=100, output=4)
        self.assertEqual(
            [("lab_runtime", "log", ["abc", 1]), ("lab_runtime", "log", ["a", 1])], process.asked
        )
        self.assertEqual(
            [
                "1 call <module> entry.py:1 runtime from None",
                "1 line 1",
                "1 line 2 lab_runtime=<module lab_runtime>",
                "1 line 3 _=0",
                "1 line 2",
                "1 line 3 _=1",
                '{"kind": "cut", "what": "output", "limit": 4}',
                "1 line 2",
                "1 line 3 _=2",
                "1 line 2",
                "1 line 4",
                "1 return None",
            ],
            [to_text(event) for event in process.events],
        )


class Ends(unittest.TestCase):
    def end(self, *lines: str) -> tuple[int, str]:
        process = Process(self, "\n".join(lines) + "\n")
        status, stderr = process.run()
        # The marks below a source line differ from Python to Python.
        lines = [line for line in stderr.splitlines(keepends=True) if line.strip(" ~^\n") or line == "\n"]
        return status, "".join(lines).replace(process.root, "")

    def test_at_its_last_line_with_nothing_to_say(self) -> None:
        self.assertEqual((0, ""), self.end("x = 1"))

    def test_by_sys_exit_with_the_status_it_was_given(self) -> None:
        for code, status in (("", 0), ("None", 0), ("0", 0), ("7", 7), ("True", 1), ("256", 0), ("-1", 255)):
            with self.subTest(code=code):
                self.assertEqual((status, ""), self.end("import sys", f"sys.exit({code})"))

    def test_by_sys_exit_with_words_which_are_written_for_it(self) -> None:
        self.assertEqual((1, "over\n"), self.end("raise SystemExit('over')"))
        self.assertEqual((1, "('a', 1)\n"), self.end("raise SystemExit('a', 1)"))
        self.assertEqual((1, "2.5\n"), self.end("raise SystemExit(2.5)"))

    def test_by_sys_exit_with_something_that_has_no_words(self) -> None:
        mute = "class Mute:\n    def __str__(self): raise ValueError\n    __format__ = None"
        self.assertEqual((1, "\n"), self.end(mute, "raise SystemExit(Mute())"))

    def test_by_an_interrupt(self) -> None:
        self.assertEqual(
            (
                -2,
                "Traceback (most recent call last):\n"
                '  File "/runtime/entry.py", line 1, in <module>\n'
                "    raise KeyboardInterrupt\n"
                "KeyboardInterrupt\n",
            ),
            self.end("raise KeyboardInterrupt"),
        )

    def test_by_any_other_error_with_its_trace_written_once(self) -> None:
        self.assertEqual(
            (
                1,
                "Traceback (most recent call last):\n"
                '  File "/runtime/entry.py", line 3, in <module>\n'
                "    fail()\n"
                '  File "/runtime/entry.py", line 2, in fail\n'
                "    raise ValueError('no', 'é')\n"
                "ValueError: ('no', 'é')\n",
            ),
            self.end("def fail():", "    raise ValueError('no', 'é')", "fail()"),
        )

    def test_by_an_error_after_it_took_the_streams_away(self) -> None:
        stream, hook = sys.stderr, sys.excepthook
        self.addCleanup(setattr, sys, "stderr", stream)
        self.addCleanup(setattr, sys, "excepthook", hook)
        status, stderr = self.end("import sys", "sys.stderr = None", "raise ValueError('\\ud800')")
        self.assertEqual(1, status)
        self.assertTrue(stderr.endswith("ValueError: \\ud800\n"), stderr)

    def test_before_its_first_line_when_it_does_not_compile(self) -> None:
        process = Process(self, "x = 1\nif x\n    pass\n")
        self.assertIsNone(process.session.outermost)
        status, stderr = process.run()
        self.assertEqual(1, status)
        self.assertEqual(
            f"  File \"{process.entry}\", line 2\n    if x\n        ^\nSyntaxError: expected ':'\n", stderr
        )

    def test_where_it_waits_when_it_is_not_needed_any_more(self) -> None:
        process = Process(
            self, "import lab_runtime\nlab_runtime.wait()\nafter = 1\n", {"wait": {"end": True}}
        )
        self.assertEqual((0, ""), process.run())
        self.assertNotIn("after", process.main)


class LastActs(unittest.TestCase):
    def test_what_was_registered_for_the_end_runs_after_the_error_is_written(self) -> None:
        process = Process(
            self,
            "import atexit, os\natexit.register(os.write, 2, b'last\\n')\nraise SystemExit('first')\n",
        )
        self.assertEqual((1, "first\nlast\n"), process.run())

    def test_nothing_does_where_the_process_waits_for_ever(self) -> None:
        process = Process(
            self,
            "import atexit, os, lab_runtime\nhook = atexit.register(os.write, 2, b'last\\n')\n"
            "atexit_unregister = atexit.unregister\nlab_runtime.wait()\n",
            {"wait": {"end": True}},
        )
        self.assertEqual((0, ""), process.run())
        process.main["atexit_unregister"](process.main["hook"])

    def test_frames_of_the_lab_are_in_no_trace(self) -> None:
        process = Process(self, "import lab_runtime\nlab_runtime.wait()\n", {"wait": {"error": "no"}})
        own, session.OWN = session.OWN, str(SRC / "harness")
        self.addCleanup(setattr, session, "OWN", own)
        status, stderr = process.run()
        self.assertEqual(1, status)
        self.assertEqual(
            "Traceback (most recent call last):\n"
            f'  File "{process.entry}", line 2, in <module>\n'
            "    lab_runtime.wait()\n",
            "".join(line for line in stderr.splitlines(True)[:3]),
        )
        self.assertEqual(1, stderr.count("  File "), stderr)


class PipesToThePlatform(unittest.TestCase):
    OUT = 240

    def written(self, process: Process) -> list[bytes]:
        return [base64.b64decode(args[1]["base64"]) for _, name, args in process.asked if name == "write"]

    def test_what_is_written_crosses_behind_its_line_and_the_rest_at_the_end(self) -> None:
        source = "import os\nos.write(240, b'one')\nos.write(240, b'two')\n"
        for events, written in ((100, [b"one", b"two"]), (0, [b"onetwo"])):
            with self.subTest(events=events):
                process = Process(self, source, out=self.OUT)
                self.assertEqual((0, ""), process.run(events))
                self.assertEqual(written, self.written(process))
                self.doCleanups()

    def test_nobody_hears_what_is_written_after_the_end(self) -> None:
        source = (
            "import os\ntry:\n    os._exit(4)\nexcept BaseException:\n    os.write(240, b'late')\n"
            "raise SystemExit(0)\n"
        )
        process = Process(self, source, out=self.OUT)
        self.assertEqual((0, ""), process.run())
        self.assertEqual([("process", "exit", [4])], process.asked)


class HardEnds(unittest.TestCase):
    def test_so_does_a_signal_that_the_process_sends_itself_and_has_not_asked_for(self) -> None:
        for call, status in (("os.kill(os.getpid(), 9)", -9), ("os.kill(os.getpid(), signal.SIGTERM)", -15)):
            with self.subTest(call=call):
                process = Process(self, f"import os, signal\n{call}\nafter = 1\n")
                self.assertEqual((0, ""), process.run())
                self.assertEqual([("process", "exit", [status])], process.asked)
                self.assertNotIn("after", process.main)

    def test_os_exit_ends_the_process_and_no_code_of_its_own_says_more(self) -> None:
        for call, status in (
            ("os._exit(7)", 7),
            ("os.abort()", -6),
            ("__import__('posix')._exit(3)", 3),
            ("__import__('posix').abort()", -6),
        ):
            with self.subTest(call=call):
                process = Process(
                    self,
                    "import os, lab_runtime\n"
                    f"try:\n    {call}\n"
                    "finally:\n    lab_runtime.log('late', 1)\n"
                    "after = 1\n",
                )
                self.assertEqual((0, ""), process.run())
                self.assertEqual([("process", "exit", [status])], process.asked)
                self.assertNotIn("after", process.main)

    def test_os_exit_is_no_error_that_a_program_could_handle(self) -> None:
        process = Process(self, "import os\ntry:\n    os._exit(1)\nexcept Exception:\n    after = 1\n")
        process.run()
        self.assertNotIn("after", process.main)
        self.assertFalse(issubclass(native.EnvironmentEnded, Exception))


if __name__ == "__main__":
    unittest.main()
