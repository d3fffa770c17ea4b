"""What is recorded of a program: every line of the task and of the image, and nothing of anybody else's."""

import os
import unittest
from typing import Any

from .the_harness import recorder
from .watched import IMAGE, TASK, Watched, module_at, modules, watch

LIBRARY = os.path.dirname(os.__file__)


def program(*lines: str) -> tuple[str, str]:
    return TASK, "\n".join(lines) + "\n"


def lines_of(*lines: str, limit: int = 1000) -> list[str]:
    return watch(program(*lines), limit=limit).lines


class Stepping(unittest.TestCase):
    maxDiff = None

    def test_a_small_program_is_recorded_line_by_line(self) -> None:
        self.assertEqual(
            [
                {
                    "kind": "call",
                    "frame": 1,
                    "caller": None,
                    "source": TASK,
                    "line": 1,
                    "name": "<module>",
                    "owner": "handler",
                    "locals": {"ProgramFailed": "<class tests.python.watched.ProgramFailed>"},
                },
                {"kind": "line", "frame": 1, "line": 1},
                {"kind": "line", "frame": 1, "line": 4, "changed": {"double": "<function double>"}},
                {
                    "kind": "call",
                    "frame": 2,
                    "caller": 1,
                    "source": TASK,
                    "line": 1,
                    "name": "double",
                    "owner": "handler",
                    "locals": {"n": "21"},
                },
                {"kind": "line", "frame": 2, "line": 2},
                {"kind": "line", "frame": 2, "line": 3, "changed": {"result": "42"}},
                {"kind": "return", "frame": 2, "value": "42"},
                {"kind": "return", "frame": 1, "value": "None"},
            ],
            watch(
                program("def double(n):", "    result = n * 2", "    return result", "x = double(21)")
            ).events,
        )

    def test_only_locals_that_differ_are_told_again(self) -> None:
        recorded = lines_of("def f(same, n):", "    n += 1", "    n += 0", "    n += 1", "f([1], 1)")
        self.assertEqual(
            [
                "2 call f lambda_function.py:1 handler from 1 same=[1] n=1",
                "2 line 2",
                "2 line 3 n=2",
                "2 line 4",
                "2 return None",
            ],
            [line for line in recorded if line.startswith("2 ")],
        )

    def test_a_local_that_was_changed_from_elsewhere_is_told_on_the_next_line(self) -> None:
        recorded = lines_of("def f(items):", "    items.append(2)", "    return 0", "f([1])")
        self.assertIn("2 line 3 items=[1, 2]", recorded)

    def test_a_local_that_is_no_more_is_told_once_and_is_told_anew_when_it_comes_back(self) -> None:
        recorded = lines_of(
            "def f(kept, n):",
            "    del n",
            "    kept = kept",
            "    n = 1",
            "    return kept",
            "f(0, 1)",
        )
        self.assertEqual(
            ["2 line 2", "2 line 3 -n", "2 line 4", "2 line 5 n=1", "2 return 0"],
            [line for line in recorded if line.startswith("2 ")][1:],
        )

    def test_a_name_may_go_at_the_line_at_which_another_comes(self) -> None:
        recorded = lines_of("def f(a):", "    b = 1; del a", "    return b", "f(0)")
        self.assertIn("2 line 3 b=1 -a", recorded)

    def test_the_name_of_a_caught_error_is_gone_behind_its_block(self) -> None:
        recorded = lines_of(
            "def f():",
            "    try:",
            "        raise ValueError('no')",
            "    except ValueError as error:",
            "        pass",
            "    return 0",
            "f()",
        )
        self.assertIn("2 line 5 error=ValueError: no", recorded)
        self.assertIn("2 line 6 -error", recorded)

    def test_a_name_of_a_module_that_is_deleted_is_gone(self) -> None:
        self.assertIn("1 line 3 -x", lines_of("x = 1", "del x", "pass"))

    def test_names_that_python_keeps_for_itself_are_left_out(self) -> None:
        recorded = lines_of("__secret__ = 1", "shown = 2", "pass")
        self.assertEqual(["1 line 1", "1 line 2", "1 line 3 shown=2"], recorded[1:-1])

    def test_recursion_has_a_frame_for_each_call(self) -> None:
        recorded = lines_of("def f(n):", "    return n and f(n - 1)", "f(2)")
        self.assertEqual(
            [
                "2 call f lambda_function.py:1 handler from 1 n=2",
                "3 call f lambda_function.py:1 handler from 2 n=1",
                "4 call f lambda_function.py:1 handler from 3 n=0",
                "4 return 0",
                "3 return 0",
                "2 return 0",
            ],
            [line for line in recorded if line[0] != "1" and " line " not in line],
        )

    def test_a_generator_is_left_at_each_yield_and_entered_again_on_resuming(self) -> None:
        recorded = lines_of(
            "def count():",
            "    yield 1",
            "    yield 2",
            "numbers = count()",
            "next(numbers)",
            "next(numbers)",
        )
        self.assertEqual(
            [
                "2 call count lambda_function.py:1 handler from 1",
                "2 line 2",
                "2 return 1",
                "3 call count lambda_function.py:2 handler from 1",
                "3 line 3",
                "3 return 2",
            ],
            [line for line in recorded if line[0] in "23"],
        )

    def test_an_exception_is_raised_in_each_frame_that_it_passes(self) -> None:
        recorded = lines_of(
            "def inner():",
            "    raise ValueError('no')",
            "def outer():",
            "    inner()",
            "try:",
            "    outer()",
            "except ValueError:",
            "    done = True",
        )
        self.assertEqual(
            [
                "2 call outer lambda_function.py:3 handler from 1",
                "2 line 4",
                "3 call inner lambda_function.py:1 handler from 2",
                "3 line 2",
                "3 raise 2 ValueError: no",
                "3 return None",
                "2 raise 4 ValueError: no",
                "2 return None",
                "1 raise 6 ValueError: no",
                "1 line 7",
                "1 line 8",
                "1 return None",
            ],
            recorded[recorded.index("2 call outer lambda_function.py:3 handler from 1") :],
        )

    def test_an_exception_that_nobody_catches_leaves_every_frame(self) -> None:
        recorded = lines_of("def f():", "    raise ProgramFailed", "f()")
        self.assertEqual(
            ["2 raise 2 ProgramFailed", "2 return None", "1 raise 3 ProgramFailed", "1 return None"],
            recorded[-4:],
        )

    def test_a_class_body_is_a_frame_of_its_own_whatever_its_names_are_kept_in(self) -> None:
        recorded = lines_of(
            "import collections.abc",
            "class Names(dict):",
            "    def items(self): raise AssertionError",
            "class Bare:",
            "    def __getitem__(self, name): raise KeyError(name)",
            "    def __setitem__(self, name, value): pass",
            "class Meta(type):",
            "    names = Names",
            "    def __prepare__(name, bases): return Meta.names()",
            "    def __new__(kind, name, bases, names): return 'made'",
            "class A(metaclass=Meta):",
            "    a = 1",
            "    b = 2",
            "Meta.names = Bare",
            "class B(metaclass=Meta):",
            "    a = 1",
            "    b = 2",
            "assert (A, B) == ('made', 'made')",
        )
        self.assertEqual("1 return None", recorded[-1])
        self.assertIn(" line 13 a=1", "\n".join(recorded))
        # Its names cannot be listed without running code of the program's.
        body = next(line for line in recorded if line.endswith(" line 16")).split()[0]
        own = [line for line in recorded if line.startswith(f"{body} ")]
        self.assertEqual([f"{body} line {number}" for number in (15, 16, 17)], own[1:-1])

    def test_names_that_are_no_names_are_passed_over(self) -> None:
        recorded = lines_of("globals()[5] = 1", "globals()[None] = 2", "x = 3")
        self.assertEqual(["1 line 1", "1 line 2", "1 line 3", "1 return None"], recorded[1:])


HELPER = "def help(do):\n    return do()\n"
CALL_HELPER = "import bootstrap\ndef mine():\n    pass\nbootstrap.help(mine)\n"


class Owners(unittest.TestCase):
    def owners(self, *files: tuple[str, str]) -> list[tuple[str, str]]:
        return [(event["name"], event["owner"]) for event in watch(*files).events if event["kind"] == "call"]

    def test_frames_of_the_task_and_of_the_image_are_told_apart(self) -> None:
        recorded = watch((IMAGE, HELPER), (TASK, CALL_HELPER)).lines
        self.assertEqual(
            [
                "1 call <module> bootstrap.py:1 runtime from None",
                "2 call <module> lambda_function.py:1 handler from None",
                "3 call help bootstrap.py:1 runtime from 2 do=<function mine>",
                "4 call mine lambda_function.py:2 handler from 3",
            ],
            [line for line in recorded if " call " in line],
        )

    def test_frames_of_the_library_are_passed_over_and_what_they_call_is_not(self) -> None:
        recorded = lines_of(
            "import functools, textwrap",
            "def mine(a, b):",
            "    return a + b",
            "textwrap.dedent(' x')",
            "import contextlib",
            "with contextlib.ExitStack() as stack:",
            "    stack.callback(mine, 1, 2)",
        )
        self.assertEqual(
            [
                "1 call <module> lambda_function.py:1 handler from None",
                "2 call mine lambda_function.py:2 handler from 1 a=1 b=2",
            ],
            [line for line in recorded if " call " in line],
        )

    def test_a_module_belongs_to_where_it_lies_whatever_file_it_was_compiled_from(self) -> None:
        watched = Watched()
        sourceless = module_at("/var/runtime/awslambda/bootstrap.pyc")
        code = compile(HELPER, "/Users/somebody/bootstrap.py", "exec", dont_inherit=True)
        mine = module_at(TASK)
        with modules({"bootstrap": sourceless}):
            self.assertIsNone(watched.run(code, vars(sourceless)))
            self.assertIsNone(watched.run(compile(CALL_HELPER, TASK, "exec"), vars(mine)))
        self.assertEqual(
            [
                ("/Users/somebody/bootstrap.py", "<module>", "runtime"),
                (TASK, "<module>", "handler"),
                ("/Users/somebody/bootstrap.py", "help", "runtime"),
                (TASK, "mine", "handler"),
            ],
            [
                (event["source"], event["name"], event["owner"])
                for event in watched.events
                if event["kind"] == "call"
            ],
        )

    def test_of_places_that_lie_in_each_other_the_innermost_decides(self) -> None:
        library, package = "/var/lang/lib/python3.14/", "/var/lang/lib/python3.14/site-packages/package/"
        own = recorder.Recorder(lambda _: None, ("/var/runtime/", package), (library, "/var/runtime/boto3/"))
        files = {
            "/var/runtime/bootstrap.py": "runtime",
            "/var/runtime/boto3/__init__.py": None,
            f"{package}bootstrap.py": "runtime",
            f"{library}site-packages/boto3.py": None,
            f"{library}json/__init__.py": None,
            "<frozen runpy>": None,
            "/opt/python/shared.py": "handler",
        }
        self.assertEqual(files, {file: own._owner_of_path(file) for file in files})

    def test_files_that_read_the_same_have_their_own_owners(self) -> None:
        # Python holds code objects for equal when everything but their file is.
        same = "def same():\n    pass\nsame()\n"
        self.assertEqual(
            [("<module>", "runtime"), ("same", "runtime"), ("<module>", "handler"), ("same", "handler")],
            self.owners((IMAGE, same), (TASK, same)),
        )
        self.assertEqual(
            [("<module>", "handler")], self.owners((f"{LIBRARY}/empty/__init__.py", ""), (TASK, ""))
        )

    def test_a_module_that_changes_its_file_s_name_stays_readable(self) -> None:
        self.assertEqual(
            [("<module>", "handler"), ("f", "handler")],
            self.owners(program("__file__ = None", "def f(): pass", "f()")),
        )


class TheCap(unittest.TestCase):
    LOOP = ("total = 0", "for n in range(5000):", "    total += n", "done.append(total)")

    def run_loop(self, limit: int) -> tuple[Watched, list[int], Any]:
        watched, done, module = Watched(), list[int](), module_at(TASK)
        code = compile("\n".join(self.LOOP) + "\nimport sys\ndone.append(sys.gettrace())", TASK, "exec")
        vars(module)["done"] = done
        self.assertIsNone(watched.run(code, vars(module), limit))
        return watched, done[:-1], done[-1]

    def test_a_cut_recording_says_what_it_left_out_and_the_run_goes_on(self) -> None:
        watched, done, trace = self.run_loop(100)
        self.assertEqual(101, len(watched.events))
        self.assertEqual({"kind": "cut", "what": "events", "limit": 100}, watched.events[-1])
        self.assertEqual([], [event for event in watched.events[:-1] if event["kind"] == "cut"])
        self.assertEqual([sum(range(5000))], done)
        self.assertIsNone(trace, "nothing is traced after the cut")

    def test_a_recording_within_its_cap_is_not_cut(self) -> None:
        watched, done, trace = self.run_loop(20_000)
        self.assertEqual([], [event for event in watched.events if event["kind"] == "cut"])
        self.assertEqual(([sum(range(5000))], "1 return None"), (done, watched.lines[-1]))
        self.assertIsNotNone(trace)

    def test_without_a_cap_nothing_is_recorded_at_all(self) -> None:
        watched, done, trace = self.run_loop(0)
        self.assertEqual(([], [sum(range(5000))], None), (watched.events, done, trace))

    def test_events_come_in_batches_and_none_is_held_when_it_is_asked_for(self) -> None:
        watched, _, _ = self.run_loop(1000)
        self.assertEqual({64}, {len(batch) for batch in watched.batches[:-1]})
        self.assertEqual(1001, len(watched.events))
        watched.recorder.flush()
        self.assertEqual(1001, len(watched.events), "nothing twice")

    def test_endless_recursion_ends_as_it_would_unwatched(self) -> None:
        for limit in (100, 100_000):
            with self.subTest(limit=limit):
                watched, module = Watched(), module_at(TASK)
                lines = (
                    "def f(n): return f(n + 1)",
                    "try:",
                    "    f(0)",
                    "except RecursionError as error:",
                    "    trace, files = error.__traceback__, set()",
                    "    while trace:",
                    "        files.add(trace.tb_frame.f_code.co_filename)",
                    "        trace = trace.tb_next",
                )
                self.assertIsNone(watched.run(compile("\n".join(lines), TASK, "exec"), vars(module), limit))
                self.assertEqual({TASK}, vars(module)["files"])


class Runs(unittest.TestCase):
    """A process that lives on: it waits in a call, and comes out of it in another run."""

    def play(self, *lines: str, limits: tuple[int, ...]) -> Watched:
        watched, module = Watched(), module_at(TASK)
        left = iter(limits)
        first = next(left)

        def wait() -> None:
            watched.recorder.flush()
            watched.recorder.begin(next(left), watches_disk=True)

        vars(module)["wait"] = wait
        self.assertIsNone(watched.run(compile("\n".join(lines), TASK, "exec"), vars(module), first))
        return watched

    LOOP = (
        "def handle(n):",
        "    for i in range(n):",
        "        pass",
        "def main():",
        "    for n in 1, 40, 1:",
        "        handle(n)",
        "        wait()",
        "main()",
    )

    def calls(self, watched: Watched) -> list[tuple[str, int, int | None]]:
        return [
            (event["name"], event["frame"], event["caller"])
            for event in watched.events
            if event["kind"] == "call"
        ]

    def test_a_new_run_keeps_the_numbers_of_frames_that_live_on(self) -> None:
        self.assertEqual(
            [("<module>", 1, None), ("main", 2, 1), ("handle", 3, 2), ("handle", 4, 2), ("handle", 5, 2)],
            self.calls(self.play(*self.LOOP, limits=(1000, 1000, 1000, 1000))),
        )

    def test_a_run_after_a_cut_one_is_recorded_again(self) -> None:
        watched = self.play(*self.LOOP, limits=(1000, 20, 1000, 1000))
        self.assertEqual(
            [("<module>", 1, None), ("main", 2, 1), ("handle", 3, 2), ("handle", 4, 2), ("handle", 5, 2)],
            self.calls(watched),
        )
        self.assertEqual(
            [{"kind": "cut", "what": "events", "limit": 20}],
            [event for event in watched.events if event["kind"] == "cut"],
        )
        after = watched.lines[watched.lines.index('{"kind": "cut", "what": "events", "limit": 20}') + 1 :]
        self.assertEqual(
            ["2 line 5", "2 line 6 n=1", "5 call handle lambda_function.py:1 handler from 2 n=1"], after[:3]
        )
        self.assertEqual(["2 return None", "1 return None"], after[-2:])

    def test_a_run_that_is_not_recorded_leaves_the_next_one_whole(self) -> None:
        watched = self.play(*self.LOOP, limits=(1000, 0, 1000, 1000))
        self.assertEqual(
            [("<module>", 1, None), ("main", 2, 1), ("handle", 3, 2), ("handle", 4, 2)], self.calls(watched)
        )
        self.assertEqual(["2 return None", "1 return None"], watched.lines[-2:])

    def test_a_frame_of_the_library_is_not_taken_for_one_that_is_over(self) -> None:
        # New frames lie where old ones lay; those here are of many sizes, so that some of them fit.
        sizes = range(1, 13)
        lines = (
            "import contextlib",
            *(
                f"def f{size}():\n    {' = '.join(f'x{n}' for n in range(size))} = 0\n    f{size + 1}()"
                for size in sizes
            ),
            f"def f{len(sizes) + 1}():\n    for i in range(steps): pass",
            "def mine(): pass",
            "def main():",
            "    global steps",
            "    for steps in 0, 500, 0:",
            "        f1()",
            "        for when in 'before', 'after':",
            "            for n in range(20):",
            "                with contextlib.ExitStack() as stack: stack.callback(mine)",
            "            if when == 'before': wait()",
            "main()",
        )
        watched = self.play(*lines, limits=(5000, 300, 5000, 5000))
        self.assertEqual(1, len([event for event in watched.events if event["kind"] == "cut"]))
        calls = self.calls(watched)
        self.assertEqual(("main", 2, 1), calls[1])
        callers = {caller for name, _, caller in calls if name == "mine"}
        self.assertEqual({2}, callers)

    def test_what_a_frame_held_is_let_go_when_it_ends_whether_it_was_recorded_to_its_end_or_not(self) -> None:
        for limit in (1000, 12, 0):
            with self.subTest(limit=limit):
                watched, module = Watched(), module_at(TASK)
                lines = (
                    "class Held:",
                    "    def __del__(self): gone.append(True)",
                    "gone, seen = [], []",
                    "def hold():",
                    "    held = Held()",
                    "    for n in range(9): pass",
                    "hold()",
                    "seen += gone",
                )
                self.assertIsNone(watched.run(compile("\n".join(lines), TASK, "exec"), vars(module), limit))
                self.assertEqual([True], vars(module)["seen"])
                self.assertEqual(limit == 12, any(event["kind"] == "cut" for event in watched.events))


if __name__ == "__main__":
    unittest.main()
