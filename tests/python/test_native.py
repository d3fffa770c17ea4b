"""Modules that are not Python: how they are found, how a call crosses, and how little a closed gate costs."""

import importlib
import importlib.util
import json
import sys
import unittest
from collections.abc import Callable
from types import ModuleType
from typing import Any

from .the_harness import native
from .watched import modules

ORIGIN = "/var/runtime/awslambda/lab_runtime.so"

MODULES = [
    {
        "module": "lab_runtime",
        "origin": ORIGIN,
        "output": "log_bytes",
        "functions": ["receive_invoke", "report_done", "log_bytes"],
    },
    {"module": "lab_store", "origin": None, "functions": ["get"]},
]


class FarSide:
    """What lies across the border, played by the test: answers from a list, and keeps what it was asked."""

    def __init__(self, *answers: Any, wait: Callable[[Any], str] | None = None) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.order: list[str] = []
        self.limits: list[dict[str, int]] = []
        self.cuts: list[int] = []
        self._answers = list(answers)
        self.border = native.Border(self._call, wait, self._before, self.limits.append)
        self.gate = native.OutputGate(self.cuts.append)
        self.finder = native.NativeFinder(MODULES, self.border, self.gate)

    def _before(self, _module: str, _name: str) -> None:
        self.order.append("before")

    def _call(self, module: str, name: str, args: str) -> Any:
        self.order.append(name)
        self.asked.append((module, name, json.loads(args)))
        answer = self._answers.pop(0) if self._answers else {"value": None}
        return json.dumps(answer) if isinstance(answer, dict) else answer

    def load(self, name: str = "lab_runtime") -> ModuleType:
        """Import a native module, past what an earlier test may have imported."""
        with modules({}):
            sys.meta_path.insert(0, self.finder)
            try:
                return importlib.import_module(name)
            finally:
                sys.meta_path.remove(self.finder)


class Finding(unittest.TestCase):
    def test_a_native_module_shows_the_file_that_it_lies_in(self) -> None:
        far = FarSide()
        sys.meta_path.insert(0, far.finder)
        self.addCleanup(sys.meta_path.remove, far.finder)
        spec = importlib.util.find_spec("lab_runtime")
        assert spec is not None
        self.assertEqual(
            ("lab_runtime", ORIGIN, True, None, far.finder),
            (spec.name, spec.origin, spec.has_location, spec.submodule_search_locations, spec.loader),
        )

    def test_once_imported_it_has_that_file_and_its_spec_is_still_found(self) -> None:
        module = FarSide().load()
        self.assertEqual((ORIGIN, "lab_runtime"), (module.__file__, module.__name__))
        with modules({"lab_runtime": module}):
            self.assertIs(module.__spec__, importlib.util.find_spec("lab_runtime"))

    def test_one_that_has_no_file_says_nothing_of_one(self) -> None:
        module = FarSide().load("lab_store")
        self.assertFalse(hasattr(module, "__file__"))
        assert module.__spec__ is not None
        self.assertEqual((None, False), (module.__spec__.origin, module.__spec__.has_location))

    def test_other_modules_are_left_to_python(self) -> None:
        far = FarSide()
        for name in ("json", "lab_runtime.more", "lab"):
            self.assertIsNone(far.finder.find_spec(name, None))

    def test_its_functions_bear_their_names(self) -> None:
        module = FarSide().load()
        names = [name for name in vars(module) if not name.startswith("__")]
        self.assertEqual(["receive_invoke", "report_done", "log_bytes"], names)
        for name in names:
            function = getattr(module, name)
            self.assertEqual(
                (name, name, "lab_runtime"), (function.__name__, function.__qualname__, function.__module__)
            )


class Crossing(unittest.TestCase):
    def test_a_call_crosses_as_json_and_comes_back_in_tuples(self) -> None:
        far = FarSide({"value": ["id", [1, [2.5, None]], {"names": ["a", []], "on": True}]})
        answer = far.load().receive_invoke(14, ("key", "é\ud800"), None, {"a": [True]})
        self.assertEqual(("id", (1, (2.5, None)), {"names": ("a", ()), "on": True}), answer)
        self.assertEqual(
            [("lab_runtime", "receive_invoke", [14, ["key", "é\ud800"], None, {"a": [True]}])], far.asked
        )

    def test_what_was_recorded_goes_ahead_of_every_call(self) -> None:
        far = FarSide()
        module = far.load()
        module.receive_invoke()
        module.report_done()
        self.assertEqual(["before", "receive_invoke", "before", "report_done"], far.order)

    def test_an_error_of_the_far_side_is_an_oserror_with_its_words(self) -> None:
        module = FarSide({"error": "no such thing"}, {"value": 1}).load()
        with self.assertRaises(OSError) as raised:
            module.receive_invoke()
        self.assertEqual((OSError, ("no such thing",)), (type(raised.exception), raised.exception.args))
        self.assertEqual(1, module.receive_invoke(), "the next call is as good as any")

    def test_an_error_may_be_of_another_class(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "^not taken$"):
            FarSide({"error": "not taken", "type": "RuntimeError"}).load().receive_invoke()

    def test_bytes_cross_as_they_are_both_ways(self) -> None:
        far = FarSide({"value": [{"base64": "AP/DqQ=="}, {"base64": "", "more": 1}]})
        answer = far.load().receive_invoke(b"\x00\xff", {"head": b""})
        self.assertEqual((b"\x00\xff\xc3\xa9", {"base64": "", "more": 1}), answer)
        crossed = [{"base64": "AP8="}, {"head": {"base64": ""}}]
        self.assertEqual([("lab_runtime", "receive_invoke", crossed)], far.asked)

    def test_a_promise_is_waited_for_where_python_can_wait(self) -> None:
        promise = object()
        waited: list[object] = []

        def wait(value: object) -> str:
            waited.append(value)
            return '{"value": [7]}'

        self.assertEqual((7,), FarSide(promise, wait=wait).load().receive_invoke())
        self.assertEqual([promise], waited)

    def test_a_promise_where_python_cannot_wait_is_said_to_be_one(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "^the far side would wait, and this Python cannot$"):
            FarSide(object()).load().receive_invoke()

    def test_an_answer_may_say_that_another_run_has_begun(self) -> None:
        limits = {"events": 10, "output": 20}
        far = FarSide({"value": 1}, {"value": 2, "fresh": limits}, {"value": 3})
        module = far.load()
        self.assertEqual([1, 2, 3], [module.receive_invoke() for _ in range(3)])
        self.assertEqual([limits], far.limits)

    def test_what_json_cannot_carry_is_the_caller_s_error_and_does_not_cross(self) -> None:
        far = FarSide()
        module = far.load()
        for argument, error in (
            (bytearray(b"bytes"), TypeError),
            (object(), TypeError),
            (float("nan"), ValueError),
        ):
            with self.subTest(argument=argument), self.assertRaises(error):
                module.report_done("id", None, argument)
        self.assertEqual([], far.asked)


class TheEnd(unittest.TestCase):
    def test_the_end_unwinds_the_process_past_every_exception_that_it_handles(self) -> None:
        module = FarSide({"end": True}).load()
        with self.assertRaises(native.EnvironmentEnded):
            try:
                module.receive_invoke()
            except Exception:
                self.fail("no program may take the end for an error")

    def test_after_the_end_nothing_crosses_any_more(self) -> None:
        far = FarSide({"end": True})
        module = far.load()
        for call in (module.receive_invoke, module.report_done, lambda: module.log_bytes("late", 1)):
            with self.assertRaises(native.EnvironmentEnded):
                far.gate.begin(100)
                call()
        self.assertEqual(["receive_invoke"], [name for _, name, _ in far.asked])


class TheGate(unittest.TestCase):
    def said(self, far: FarSide) -> list[Any]:
        return [args[0] for _, name, args in far.asked if name == "log_bytes"]

    def test_the_first_characters_pass_and_what_follows_does_not_cross(self) -> None:
        far = FarSide()
        module = far.load()
        far.gate.begin(10)
        for text in ("four", "é\U0001f600", "eleven", "more", ""):
            self.assertIsNone(module.log_bytes(text, 1))
        self.assertEqual(["four", "é\U0001f600", "elev"], self.said(far))
        self.assertEqual([10], far.cuts)

    def test_output_that_just_fits_is_not_cut_until_more_comes(self) -> None:
        far = FarSide()
        module = far.load()
        far.gate.begin(4)
        module.log_bytes("four", 1)
        module.log_bytes("", 1)
        self.assertEqual(([], True), (far.cuts, far.gate.open))
        module.log_bytes("\n", 1)
        self.assertEqual((["four"], [4]), (self.said(far), far.cuts))

    def test_what_goes_with_the_text_crosses_too(self) -> None:
        far = FarSide()
        far.gate.begin(3)
        far.load().log_bytes("text", 2)
        self.assertEqual([("lab_runtime", "log_bytes", ["tex", 2])], far.asked)

    def test_the_cut_is_told_once_a_run_after_the_last_that_passed(self) -> None:
        far = FarSide()
        module = far.load()
        gate = native.OutputGate(lambda limit: far.order.append(f"cut at {limit}"))
        gate.begin(2)
        for _ in range(3):
            if gate.open:
                gate.carry("abc", far.order.append)
        self.assertEqual(["ab", "cut at 2"], far.order)
        self.assertTrue(module)

    def test_a_closed_gate_costs_one_look(self) -> None:
        far = FarSide()
        module = far.load()
        far.gate.begin(1)
        module.log_bytes("xx", 1)
        # Counted in calls of Python functions, which a clock of a busy machine cannot upset.
        calls: list[str] = []
        sys.setprofile(
            lambda frame, event, _: calls.append(frame.f_code.co_name) if event == "call" else None
        )
        module.log_bytes("x" * 1000, 1)
        sys.setprofile(None)
        self.assertEqual(["native"], calls)

    def test_it_opens_again_for_a_new_run(self) -> None:
        far = FarSide()
        module = far.load()
        far.gate.begin(1)
        module.log_bytes("ab", 1)
        far.gate.begin(2)
        module.log_bytes("cde", 1)
        self.assertEqual((["a", "cd"], [1, 2]), (self.said(far), far.cuts))

    def test_other_functions_of_the_module_have_no_gate(self) -> None:
        far = FarSide()
        module = far.load()
        far.gate.begin(0)
        module.log_bytes("x", 1)
        module.report_done("id", None, "x" * 100)
        self.assertEqual(["report_done"], [name for _, name, _ in far.asked])


if __name__ == "__main__":
    unittest.main()
