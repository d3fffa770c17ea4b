"""From the start of today's process to its first wait: both starts, the handler found or not, snapshots."""

import json
import sys
import unittest
from typing import Any, ClassVar

from .lambda_2016 import Ended
from .lambda_today import IMAGE, PACKAGE, RUNTIME, SCRIPT, Invocation, Run, run_task

TELL_FRAMES = """
import sys
def lambda_handler(event, context):
    frame, names = sys._getframe(), []
    while frame and frame.f_globals["__name__"] != "tests.python.lambda_today":
        names.append([frame.f_code.co_filename, frame.f_code.co_name])
        frame = frame.f_back
    return names
"""
FINE = "def lambda_handler(event, context):\n    return 'fine'\n"


class Starts(unittest.TestCase):
    def test_an_image_s_frames_are_runpy_s_the_package_s_and_the_handler_s(self) -> None:
        run = run_task(TELL_FRAMES)
        frames = [[file, name] for file, name in run.answers[0] if name != "_start"]
        self.assertEqual(
            [
                [run.file("lambda_function.py"), "lambda_handler"],
                [str(PACKAGE / "bootstrap.py"), "handle_event_request"],
                [str(PACKAGE / "bootstrap.py"), "run"],
                [str(PACKAGE / "__main__.py"), "main"],
                [str(PACKAGE / "__main__.py"), "<module>"],
                ["<frozen runpy>", "_run_code"],
                ["<frozen runpy>", "_run_module_as_main"],
            ],
            frames,
        )

    def test_a_managed_function_s_begin_with_the_script(self) -> None:
        run = run_task(TELL_FRAMES, start="managed")
        frames = [[file, name] for file, name in run.answers[0] if name != "_start"]
        self.assertEqual(
            [
                [run.file("lambda_function.py"), "lambda_handler"],
                [str(PACKAGE / "bootstrap.py"), "handle_event_request"],
                [str(PACKAGE / "bootstrap.py"), "run"],
                [str(PACKAGE / "__main__.py"), "main"],
                [str(SCRIPT), "main"],
                [str(SCRIPT), "<module>"],
            ],
            frames,
        )

    def test_the_managed_script_puts_the_task_the_layers_and_the_packages_first(self) -> None:
        run = run_task(
            "import os, sys\n"
            "def lambda_handler(event, context):\n    return [sys.path, os.environ['PYTHONPATH']]\n",
            start="managed",
        )
        (path, python_path) = run.answers[0]
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        layers = [f"/opt/python/lib/{version}/site-packages", "/opt/python"]
        packages = f"/var/lang/lib/{version}/site-packages"
        self.assertEqual([run.task, *layers, packages, str(RUNTIME)], path[:5])
        # As seen on the real service: the folders of layers a second time.
        self.assertEqual(layers, path[-2:])
        self.assertEqual("/var/runtime", python_path)

    def test_the_client_says_which_python_and_which_release_it_is(self) -> None:
        run = run_task(
            "import runtime_client\n"
            "def lambda_handler(event, context):\n    return runtime_client.user_agent\n"
        )
        self.assertRegex(run.answers[0], r"^aws-lambda-python/3\.\d+\.\d+-4\.0\.1$")

    def test_without_a_handler_s_name_it_does_not_start(self) -> None:
        run = run_task(FINE, handler=None)
        self.assertEqual((ValueError, "Handler not set"), (type(run.ended_by), str(run.ended_by)))
        self.assertEqual([], run.requests)

    def test_it_asks_for_one_invocation_after_another(self) -> None:
        run = run_task(FINE, Invocation(), Invocation())
        self.assertIsInstance(run.ended_by, Ended)
        self.assertEqual(
            [
                "GET /invocation/next",
                "POST /invocation/request-1/response",
                "GET /invocation/next",
                "POST /invocation/request-2/response",
                "GET /invocation/next",
            ],
            run.requests,
        )


class TheHandlerThatIsNotFound(unittest.TestCase):
    def failed(self, files: Any, handler: str = "lambda_function.lambda_handler") -> Run:
        run = run_task(files, handler=handler)
        self.assertEqual(["POST /init/error"], run.requests)
        self.assertEqual(1, run.exit_code)
        (post,) = run.posts
        self.assertEqual(post.json["errorType"], post.headers["lambda-runtime-function-error-type"])
        self.assertNotIn("content-type", post.headers)
        self.assertRegex(
            run.log, r"^\[WARNING\]\t[^\t]+\t\tLAMBDA_WARNING: Unhandled exception\. [^\r\n]+\r\n\[ERROR\] "
        )
        return run

    def fault(self, files: Any, handler: str = "lambda_function.lambda_handler") -> tuple[str, str, Any]:
        error = self.failed(files, handler).posts[0].json
        self.assertEqual(["errorMessage", "errorType", "requestId", "stackTrace"], list(error))
        self.assertEqual("", error["requestId"])
        return error["errorType"], error["errorMessage"], error["stackTrace"]

    def test_because_the_module_lacks_it(self) -> None:
        self.assertEqual(
            ("Runtime.HandlerNotFound", "Handler 'nope' missing on module 'lambda_function'", []),
            self.fault(FINE, "lambda_function.nope"),
        )

    def test_because_there_is_no_such_module(self) -> None:
        message = "Unable to import module 'index': No module named 'index'"
        self.assertEqual(("Runtime.ImportModuleError", message, []), self.fault(FINE, "index.handler"))

    def test_because_the_module_imports_one_that_is_not_there(self) -> None:
        message = "Unable to import module 'lambda_function': No module named 'not_here'"
        self.assertEqual(("Runtime.ImportModuleError", message, []), self.fault("import not_here\n"))

    def test_because_the_module_does_not_compile(self) -> None:
        run = self.failed("def lambda_handler(event, context)\n    pass\n")
        error = run.posts[0].json
        self.assertEqual("Runtime.UserCodeSyntaxError", error["errorType"])
        self.assertEqual(
            "Syntax error in module 'lambda_function': expected ':' (lambda_function.py, line 1)",
            error["errorMessage"],
        )
        line = f'  File "{run.file("lambda_function.py")}" Line 1\n    def lambda_handler(event, context)\n'
        self.assertEqual([line], error["stackTrace"])

    def test_because_its_name_has_no_dot(self) -> None:
        message = "Bad handler 'handler': not enough values to unpack (expected 2, got 1)"
        self.assertEqual(("Runtime.MalformedHandlerName", message, []), self.fault(FINE, "handler"))

    def test_because_python_has_a_built_in_module_of_that_name(self) -> None:
        message = "Cannot use built-in module sys as a handler module"
        self.assertEqual(("Runtime.BuiltInModuleConflict", message, []), self.fault(FINE, "sys.exit"))

    def test_because_the_module_raises_when_it_is_imported(self) -> None:
        run = self.failed("def fail():\n    raise LookupError('no')\n\nfail()\n")
        error = run.posts[0].json
        self.assertEqual(("LookupError", "no"), (error["errorType"], error["errorMessage"]))
        self.assertNotIn("bootstrap.py", error["stackTrace"][0])
        file = run.file("lambda_function.py")
        self.assertEqual(
            [
                f'  File "{file}", line 4, in <module>\n    fail()\n',
                f"  File \"{file}\", line 2, in fail\n    raise LookupError('no')\n",
            ],
            error["stackTrace"][-2:],
        )

    def test_and_a_module_that_exits_posts_nothing(self) -> None:
        run = run_task("import sys\nsys.exit(4)\n")
        self.assertEqual(([], 4), (run.requests, run.exit_code))

    def test_and_a_server_that_refuses_the_report_is_an_error_of_its_own(self) -> None:
        run = run_task(FINE, handler="a.b", statuses={"/init/error": 500})
        self.assertEqual(
            "Request to Lambda Runtime '/2018-06-01/runtime/init/error' endpoint failed. "
            "Reason: '500'. Response body: 'b'no''",
            str(run.ended_by),
        )

    def test_with_text_beyond_latin_1_cannot_be_told(self) -> None:
        for source in (
            "raise KeyError('Δ')\n",
            "def load():\n    raise OSError(5)  # 読み込み\nload()\n",
            "import nowhere_ж\n",
            "x = = 1 # ✗\n",
        ):
            with self.subTest(source=source):
                run = run_task(source)
                self.assertIn("LAMBDA_WARNING", run.log)
                self.assertIn("[ERROR] ", run.log)
                self.assertEqual([], run.requests)
                self.assertIsInstance(run.ended_by, UnicodeEncodeError)
                self.assertRegex(
                    str(run.ended_by),
                    r"^'latin-1' codec can't encode .*: Body \('.+'\) is not valid Latin-1\.",
                )
                client = ["post_init_error", "handle_init_error", "post_init_error", "call_rapid"]
                own = [
                    name for file, name in run.stack if file in ("bootstrap.py", "lambda_runtime_client.py")
                ]
                self.assertEqual(["run", *client], own)

    def test_with_text_of_latin_1_is_told_in_that(self) -> None:
        run = run_task("raise LookupError('ÄÖÜ')\n")
        (post,) = run.posts
        self.assertIn("ÄÖÜ".encode("latin-1"), post.body)
        self.assertEqual(str(len(post.body)), post.headers["content-length"])
        for version in ("3.11", "3.8"):
            variables = {"AWS_EXECUTION_ENV": f"AWS_Lambda_python{version}"}
            run = run_task("raise LookupError('Δ')\n", variables=variables)
            self.assertEqual(("Δ", 1), (run.posts[0].json["errorMessage"], run.exit_code))

    def test_and_a_report_is_taken_with_202_alone(self) -> None:
        for status in (200, 204, 403):
            with self.subTest(status=status):
                run = run_task(FINE, handler="a.b", statuses={"/init/error": status})
                self.assertIn(f"Reason: '{status}'.", str(run.ended_by))
                self.assertIsNone(run.ended_by and run.ended_by.__context__)

    def test_an_error_whose_text_cannot_be_had_ends_the_process_untold(self) -> None:
        run = run_task("class Mute(Exception):\n    def __str__(self): return 4\nraise Mute\n")
        self.assertEqual(([], ""), (run.requests, run.log))
        self.assertIsInstance(run.ended_by, TypeError)
        own = [name for file, name in run.stack if file == "bootstrap.py"]
        self.assertEqual(["run", "build_fault_result"], own)

    def test_nothing_but_one_function_lies_between_the_runtime_s_loop_and_the_import(self) -> None:
        run = run_task("raise GeneratorExit\n")
        self.assertEqual([], run.requests)
        names = [name for _, name in run.stack]
        at = names.index("run")
        self.assertEqual(["main", "run", "_get_handler", "import_module"], names[at - 1 : at + 3])

    def test_a_syntax_error_without_a_line_says_so(self) -> None:
        for source, entry in (
            ("raise SyntaxError('by hand')\n", '  File "None" Line None\n    None'),
            (
                "raise SyntaxError('more', ('page.txt', 3, 1, None))\n",
                '  File "page.txt" Line 3\n    None',
            ),
            ("raise IndentationError('x', ('y', 9, 1, ''))\n", '  File "y" Line 9\n    '),
        ):
            with self.subTest(source=source):
                (post,) = run_task(source).posts
                self.assertEqual([entry], post.json["stackTrace"])

    def test_names_with_slashes_and_dots_stand_for_modules_in_folders(self) -> None:
        files = {"a/b/c.py": "def run(event, context):\n    return __name__\n"}
        for handler in ("a/b/c.run", "a.b.c.run", "a/b.c.run"):
            with self.subTest(handler=handler):
                self.assertEqual(["a.b.c"], run_task(files, handler=handler).answers)


class Snapshots(unittest.TestCase):
    VARIABLES: ClassVar = {"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}
    HOOKS = (
        "from snapshot_restore_py import register_after_restore, register_before_snapshot\n"
        "for n in 1, 2:\n"
        "    register_before_snapshot(print, 'before', n)\n"
        "    register_after_restore(print, 'after', n, sep='-')\n"
    )

    def test_pass_through_the_hooks_the_last_one_first_and_then_in_order(self) -> None:
        run = run_task(self.HOOKS + FINE, variables=self.VARIABLES)
        self.assertEqual("before 2\nbefore 1\nafter-1\nafter-2\n", run.log)
        self.assertEqual("GET /restore/next", run.requests[0])
        self.assertEqual(["fine"], run.answers)

    def test_are_none_of_an_environment_that_is_started_on_demand(self) -> None:
        run = run_task(self.HOOKS + FINE)
        self.assertEqual(("", "GET /invocation/next"), (run.log, run.requests[0]))

    def test_end_with_a_hook_that_fails(self) -> None:
        for hook, path, error_type, status in (
            ("register_before_snapshot", "/init/error", "Runtime.BeforeSnapshotError", 64),
            ("register_after_restore", "/restore/error", "Runtime.AfterRestoreError", 65),
        ):
            with self.subTest(hook=hook):
                source = (
                    f"from snapshot_restore_py import {hook}\n@{hook}\ndef tidy(): raise ValueError('no')\n"
                )
                run = run_task(source + FINE, variables=self.VARIABLES)
                self.assertEqual(status, run.exit_code)
                (post,) = run.posts
                self.assertEqual(path, post.path)
                self.assertEqual(error_type, post.headers["lambda-runtime-function-error-type"])
                self.assertEqual("ValueError", post.json["errorType"])
                self.assertTrue(run.log.startswith("[ERROR] ValueError: no\r"), run.log)
                self.assertNotIn("LAMBDA_WARNING", run.log)

    def test_end_with_a_hook_that_exits_like_with_any_other(self) -> None:
        for hook, raises, error_type, status in (
            ("register_before_snapshot", "raise SystemExit(9)", "SystemExit", 64),
            ("register_after_restore", "raise KeyboardInterrupt('stop')", "KeyboardInterrupt", 65),
            ("register_before_snapshot", "raise GeneratorExit", "GeneratorExit", 64),
        ):
            with self.subTest(hook=hook, raises=raises):
                source = f"from snapshot_restore_py import {hook}\n@{hook}\ndef tidy(): {raises}\n"
                run = run_task(source + FINE, variables=self.VARIABLES)
                self.assertEqual((status, error_type), (run.exit_code, run.posts[0].json["errorType"]))
                self.assertTrue(run.log.startswith(f"[ERROR] {error_type}"), run.log)

    def test_end_where_the_error_of_a_hook_cannot_be_told(self) -> None:
        told = ["post_init_error", "handle_init_error", "post_init_error", "call_rapid"]
        for hook, path, functions in (
            ("register_before_snapshot", "/init/error", told),
            ("register_after_restore", "/restore/error", ["report_restore_error", "call_rapid"]),
        ):
            for text, statuses, kind in (
                ("λ", {}, "UnicodeEncodeError"),
                ("x", {path: 500}, "LambdaRuntimeClientError"),
            ):
                with self.subTest(hook=hook, text=text):
                    source = (
                        f"import snapshot_restore_py as s\n@s.{hook}\ndef tidy(): raise KeyError('{text}')\n"
                    )
                    run = run_task(source + FINE, variables=self.VARIABLES, statuses=statuses)
                    self.assertEqual(kind, type(run.ended_by).__name__)
                    files = ("bootstrap.py", "lambda_runtime_client.py")
                    own = [name for file, name in run.stack if file in files]
                    self.assertEqual(["run", "on_init_complete", *functions], own)

    def test_are_no_reason_to_load_the_package_of_hooks(self) -> None:
        source = (
            "import sys\ndef lambda_handler(event, context):\n"
            "    return [name in sys.modules for name in ('simplejson', 'snapshot_restore_py')]\n"
        )
        self.assertEqual([[True, False]], run_task(source).answers)
        source = (
            "import snapshot_restore_py as s\n@s.register_after_restore\ndef tidy(): pass\n"
            "def lambda_handler(event, context):\n"
            "    return [len(s.get_before_snapshot()), s.get_after_restore()[0][0] is tidy]\n"
        )
        self.assertEqual([[0, True]], run_task(source).answers)

    def test_are_not_taken_where_the_server_knows_of_none(self) -> None:
        run = run_task(FINE, variables=self.VARIABLES, statuses={"/restore/next": 403})
        (post,) = run.posts
        self.assertEqual(("/init/error", 64), (post.path, run.exit_code))
        self.assertEqual("Runtime.BeforeSnapshotError", post.headers["lambda-runtime-function-error-type"])
        self.assertEqual("LambdaRuntimeClientError", post.json["errorType"])
        self.assertEqual(
            "Request to Lambda Runtime '/2018-06-01/runtime/restore/next' endpoint failed. "
            "Reason: '403'. Response body: 'b'no''",
            post.json["errorMessage"],
        )
        functions = [entry.split(" in ")[1].split("\n")[0] for entry in post.json["stackTrace"]]
        self.assertEqual(["restore_next", "call_rapid"], functions)


class TheDescription(unittest.TestCase):
    def test_names_files_that_are_there(self) -> None:
        image = json.loads((IMAGE / "platform.json").read_text(encoding="utf-8"))
        root = IMAGE / "disk"
        paths = [
            image["entry"],
            *(start["entry"] for start in image["starts"].values() if "entry" in start),
            image["native"][0]["origin"],
            *image["runtime"],
        ]
        for path in paths:
            self.assertEqual(path.endswith("/"), (root / path.lstrip("/")).is_dir(), path)
            self.assertTrue((root / path.lstrip("/")).exists(), path)


if __name__ == "__main__":
    unittest.main()
