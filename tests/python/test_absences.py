"""What a program asks for that a browser has not is told once a run, and met as an error."""

from __future__ import annotations

import sys
import unittest
from types import ModuleType
from typing import Any

from .the_harness import absences
from .watched import LIBRARY


class Notes(unittest.TestCase):
    def setUp(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.absences = absences.Absences(lambda event: self.told.append((event["what"], event["name"])))
        # Each Python has its library in another place.
        self.addCleanup(setattr, absences, "LIBRARY", absences.LIBRARY)
        # The tests, which are among those that are passed over elsewhere, play the program.
        absences.LIBRARY = LIBRARY[:2]

    def test_a_kind_is_told_once_a_run_and_a_module_by_its_name(self) -> None:
        for what, name in (
            ("threads", "a"),
            ("threads", "b"),
            ("module", "pwd"),
            ("module", "grp"),
            ("module", "pwd"),
        ):
            self.absences.note(what, name)
        self.assertEqual([("threads", "a"), ("module", "pwd"), ("module", "grp")], self.told)
        self.absences.begin()
        self.absences.note("threads", "c")
        self.assertEqual(("threads", "c"), self.told[-1])

    def test_a_run_is_told_of_no_more_than_a_few(self) -> None:
        for number in range(1000):
            self.absences.note("module", f"m{number}")
        self.assertEqual(absences.MOST, len(self.told))

    def test_what_notes_a_call_does_what_it_did(self) -> None:
        call: Any = self.absences.noting("processes", "os.fork", lambda *args, **named: (args, named))
        self.assertEqual((((1,), {"b": 2}), "fork"), (call(1, b=2), call.__name__))
        self.assertEqual([("processes", "os.fork")], self.told)

    def test_a_module_that_is_not_there_is_told_if_linux_has_it(self) -> None:
        finder = absences.Finder(self.absences)
        for name in ("resource", "winreg", "no_such_module", "_multiprocessing", "_ctypes"):
            self.assertIsNone(finder.find_spec(name, None))
        self.assertEqual(
            [("module", "resource"), ("processes", "multiprocessing"), ("module", "ctypes")], self.told
        )

    def test_a_module_is_changed_when_it_has_been_imported(self) -> None:
        changed: list[str] = []

        def change(module: ModuleType) -> None:
            changed.append(module.__name__)

        self.addCleanup(sys.modules.__setitem__, "colorsys", sys.modules.pop("colorsys", None))
        finder = absences.WhenImported({"colorsys": change, "sys": change})
        sys.meta_path.insert(0, finder)
        self.addCleanup(sys.meta_path.remove, finder)
        self.assertEqual(["sys"], changed)
        import colorsys

        self.assertEqual(["sys", "colorsys"], changed)
        self.assertNotEqual(absences.ChangingLoader, type(colorsys.__loader__))


if __name__ == "__main__":
    unittest.main()
