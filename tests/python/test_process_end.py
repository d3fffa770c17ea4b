"""How a process ends as Python's do: its own hooks, and the objects that its modules leave behind."""

from __future__ import annotations

import gc
import sys
import unittest

from .test_session import Process

DEL = (
    "import os\nclass D:\n    def __init__(self, name): self.name = name\n"
    "    def __del__(self): say(self.name)\n"
)
SAY = "import os\ndef say(text): os.write(2, f'{text}\\n'.encode())\n"


class End(unittest.TestCase):
    """Ends a process and reads what it wrote."""

    def setUp(self) -> None:
        # What other tests have left behind is none of this process's.
        gc.collect()
        self.addCleanup(setattr, sys, "excepthook", sys.excepthook)
        for name in ("stdin", "stdout", "stderr"):
            self.addCleanup(setattr, sys, name, getattr(sys, name))

    def end(self, *lines: str, beside: str = "") -> tuple[int, list[str]]:
        process = Process(self, SAY + "\n".join(lines) + "\n", keeps_main=False)
        process.file("runtime/beside.py", SAY + beside)
        status, written = process.run()
        # The marks below a source line differ from Python to Python.
        return status, [line.strip() for line in written.splitlines() if line.strip(" ~^")]


class Hooks(End):
    def test_its_own_hook_is_told_of_the_error_in_place_of_the_trace(self) -> None:
        hook = (
            "import sys\n"
            "sys.excepthook = lambda kind, error, trace: say([kind.__name__, str(error), trace.tb_lineno])"
        )
        for error, status in (("KeyboardInterrupt('k')", -2), ("ValueError('v')", 1)):
            with self.subTest(error=error):
                kind, _, text = error[:-2].partition("('")
                self.assertEqual((status, [f"['{kind}', '{text}', 5]"]), self.end(hook, f"raise {error}"))
                self.doCleanups()

    def test_a_hook_that_was_deleted_is_missing(self) -> None:
        status, lines = self.end("import sys", "del sys.excepthook", "raise KeyError(1)")
        self.assertEqual((1, "sys.excepthook is missing", "KeyError: 1"), (status, lines[0], lines[-1]))
        self.assertEqual("Traceback (most recent call last):", lines[1])

    def test_a_hook_that_cannot_be_called_is_told_before_the_error(self) -> None:
        status, lines = self.end("import sys", "sys.excepthook = None", "raise KeyError(1)")
        self.assertEqual(
            ["Error in sys.excepthook:", "TypeError: 'NoneType' object is not callable"], lines[:2]
        )
        self.assertEqual((1, "Original exception was:", "KeyError: 1"), (status, lines[2], lines[-1]))

    def test_a_hook_that_fails_is_told_with_its_own_trace(self) -> None:
        _, lines = self.end(
            "import sys", "def hook(*about):", "    1 / 0", "sys.excepthook = hook", "raise KeyError(1)"
        )
        names = [line.rpartition(" ")[2] for line in lines if line.startswith("File ")]
        self.assertEqual(["hook", "<module>"], names)
        self.assertIn("ZeroDivisionError: division by zero", lines)

    def test_a_hook_may_choose_the_status_and_call_python_s_own(self) -> None:
        self.assertEqual(
            (9, []), self.end("import sys", "sys.excepthook = lambda *_: sys.exit(9)", "raise KeyError(1)")
        )
        self.doCleanups()
        self.assertEqual(
            (0, ["KeyError"]),
            self.end(
                "import sys",
                "sys.excepthook = lambda kind, *_: (say(kind.__name__), sys.exit())",
                "raise KeyError",
            ),
        )

    def test_no_hook_is_called_for_an_exit(self) -> None:
        self.assertEqual(
            (3, []), self.end("import sys", "sys.excepthook = lambda *_: say('no')", "raise SystemExit(3)")
        )


class Finalizers(End):
    def test_objects_of_its_modules_are_finalized_after_the_functions_of_atexit(self) -> None:
        for last, status in (("", 0), ("raise SystemExit(4)", 4)):
            with self.subTest(last=last):
                lines = [DEL, "import atexit", "atexit.register(say, 'atexit')", "d = D('global')", last]
                self.assertEqual((status, ["atexit", "global"]), self.end(*lines))
                self.doCleanups()

    def test_an_exit_lets_go_of_its_frames_before_and_an_error_after(self) -> None:
        lines = [DEL, "import atexit", "atexit.register(say, 'atexit')", "def work():", "    d = D('local')"]
        self.assertEqual((0, ["local", "atexit"]), self.end(*lines, "    raise SystemExit", "work()"))
        self.doCleanups()
        _, written = self.end(*lines, "    raise KeyError(1)", "work()")
        self.assertEqual(["KeyError: 1", "atexit", "local"], written[-3:])

    def test_they_still_have_the_names_of_their_modules(self) -> None:
        beside = DEL + "class E(D):\n    def __del__(self): say(NAME)\nNAME = 'beside'\ne = E('')\n"
        status, lines = self.end(DEL, "import beside", "NAME = 1", "a = D('a')", "b = D('b')", beside=beside)
        self.assertEqual((0, ["a", "b", "beside"]), (status, sorted(lines)))

    def test_generators_are_closed_and_cycles_are_found(self) -> None:
        lines = [
            "def give():",
            "    try: yield",
            "    finally: say('closed')",
            "given = give()",
            "next(given)",
            DEL,
            "d = D('cycle')",
            "d.me = d",
        ]
        status, written = self.end(*lines)
        self.assertEqual((0, ["closed", "cycle"]), (status, sorted(written)))

    def test_what_fails_in_them_is_told_to_the_process_s_own_hook(self) -> None:
        lines = [
            "import sys",
            "sys.unraisablehook = lambda about: say([about.exc_type.__name__, str(about.exc_value)])",
            "class D:",
            "    def __del__(self): raise ValueError('in del')",
            "D()",
        ]
        self.addCleanup(setattr, sys, "unraisablehook", sys.unraisablehook)
        self.assertEqual((0, ["['ValueError', 'in del']"]), self.end(*lines))

    def test_nothing_can_be_imported_by_then(self) -> None:
        lines = [
            "import sys",
            "class D:",
            "    def __del__(self):",
            "        try: import colorsys",
            "        except ImportError as error: say(error)",
            "d = D()",
        ]
        shut = "sys.meta_path is None, Python is likely shutting down"
        self.assertEqual((0, [shut]), self.end(*lines))


if __name__ == "__main__":
    unittest.main()
