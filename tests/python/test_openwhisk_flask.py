"""What OpenWhisk's older proxy does with /init and /run, and with the connections that they come by."""

import contextlib
import io
import json
import os
import socket
import sys
import tempfile
import unittest
import zipfile
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from .openwhisk import PROXY, load_proxy
from .the_harness import listening

MARK = "XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n"
NOT_A_DICTIONARY = (502, {"error": "The action did not return a dictionary."})


class Proxy:
    """The proxy as OpenWhisk sees it, with what it wrote to the log since the last look."""

    def __init__(self, folder: str) -> None:
        self.module = load_proxy(folder)
        self.stdout = ""
        self.stderr = ""

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        out, err = io.StringIO(), io.StringIO()
        text = body if isinstance(body, str) else json.dumps(body)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status, answer = self.module.answer("POST", path, text.encode())
        self.stdout, self.stderr = out.getvalue(), err.getvalue()
        return status, json.loads(answer) if answer.startswith("{") else answer

    def init(self, code: Any, **others: Any) -> tuple[int, Any]:
        return self.post("/init", {"value": {"name": "lab", "main": "main", "code": code, **others}})

    def run(self, value: Any = None, **others: Any) -> tuple[int, Any]:
        return self.post("/run", {"value": {} if value is None else value, **others})


class WithAProxy(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.proxy = Proxy(self.folder)
        path, modules, environment = list(sys.path), dict(sys.modules), dict(os.environ)

        def restore() -> None:
            sys.path[:] = path
            sys.modules.clear()
            sys.modules.update(modules)
            os.environ.clear()
            os.environ.update(environment)

        self.addCleanup(restore)


class Init(WithAProxy):
    def test_it_compiles_and_says_ok_and_runs_nothing_yet(self) -> None:
        self.assertEqual((200, "OK"), self.proxy.init("print('top')\ndef main(p):\n    return {'a': 1}\n"))
        self.assertEqual("", self.proxy.stdout)

    def test_a_second_one_is_refused(self) -> None:
        self.proxy.init("def main(p):\n    return {'a': 1}\n")
        refusal = (403, {"error": "Cannot initialize the action more than once."})
        self.assertEqual(refusal, self.proxy.init("def main(p):\n    return {'a': 2}\n"))
        self.assertEqual((200, {"a": 1}), self.proxy.run())

    def test_without_code_it_is_refused(self) -> None:
        for value in ({}, {"code": ""}, {"main": "main"}):
            refusal = (403, {"error": "Missing main/no code to execute."})
            self.assertEqual(refusal, self.proxy.post("/init", {"value": value}))

    def test_code_that_does_not_compile_is_a_502_with_the_trace_in_the_log(self) -> None:
        status, answer = self.proxy.init("def main(p) return 1\n")
        words = "The action failed to generate or locate a binary. See logs for details."
        self.assertEqual((502, {"error": words}), (status, answer))
        # No frame that led there; what a SyntaxError says of its own place is a part of the error.
        self.assertRegex(
            self.proxy.stderr, r'^Traceback \(most recent call last\):\n  File "__main__.py", line 1\n'
        )
        self.assertIn("SyntaxError", self.proxy.stderr)

    def test_so_is_what_is_no_json(self) -> None:
        self.assertEqual(502, self.proxy.post("/init", "{")[0])

    def test_several_files_come_as_an_archive_and_import_each_other(self) -> None:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as files:
            main = "import other_of_the_archive as o\ndef main(p):\n    return {'a': o.A}\n"
            files.writestr("__main__.py", main)
            files.writestr("other_of_the_archive.py", "A = 5\n")
        code = b64encode(archive.getvalue()).decode()
        self.assertEqual((200, "OK"), self.proxy.init(code, binary=True))
        self.assertEqual((200, {"a": 5}), self.proxy.run())


class Run(WithAProxy):
    def test_before_init_it_is_refused(self) -> None:
        self.assertEqual((500, {"error": "no action defined yet"}), self.proxy.run())

    def test_the_whole_source_runs_each_time_in_one_namespace_that_is_kept(self) -> None:
        self.proxy.init(
            "runs = globals().get('runs', 0) + 1\nfresh = 0\nprint('top', runs)\n"
            "def main(p):\n    global fresh\n    fresh += 1\n    return {'runs': runs, 'fresh': fresh}\n"
        )
        self.assertEqual((200, {"runs": 1, "fresh": 1}), self.proxy.run())
        self.assertEqual(f"top 1\n{MARK}", self.proxy.stdout)
        self.assertEqual((200, {"runs": 2, "fresh": 1}), self.proxy.run())
        self.assertEqual(f"top 2\n{MARK}", self.proxy.stdout)

    def test_main_is_an_expression_and_gets_the_parameters(self) -> None:
        source = "class Box:\n    def run(self, p):\n        return {'got': p}\nbox = Box()\n"
        self.proxy.init(source, main="box.run")
        self.assertEqual((200, {"got": {"a": [1]}}), self.proxy.run({"a": [1]}))

    def test_anything_but_a_dictionary_that_holds_something_is_refused(self) -> None:
        self.proxy.init("def main(p):\n    return p['give']\n")
        for give in ("text", None, [1], 42, {}):
            with self.subTest(give=give):
                self.assertEqual(NOT_A_DICTIONARY, self.proxy.run({"give": give}))
                self.assertEqual((MARK, MARK), (self.proxy.stdout, self.proxy.stderr))

    def test_an_exception_is_a_trace_on_stderr_and_no_dictionary(self) -> None:
        self.proxy.init("def main(p):\n    raise ValueError('no')\n")
        self.assertEqual(NOT_A_DICTIONARY, self.proxy.run())
        self.assertTrue(self.proxy.stderr.startswith("Traceback (most recent call last):\n"))
        self.assertTrue(self.proxy.stderr.endswith(f"ValueError: no\n{MARK}"), self.proxy.stderr)
        self.assertRegex(
            self.proxy.stderr,
            r'    exec\(f"fun = {self\.main}\(param\)", self\.namespace\)\n(?: *~*\^*\n)?'
            r'  File "<string>", line 1, in <module>\n  File "__main__\.py", line 2, in main\n',
        )
        self.assertEqual(MARK, self.proxy.stdout)

    def test_so_is_what_json_has_no_form_for(self) -> None:
        self.proxy.init("def main(p):\n    return {'x': object()}\n")
        self.assertEqual(NOT_A_DICTIONARY, self.proxy.run())

    def test_an_argument_that_is_no_dictionary_is_a_404(self) -> None:
        self.proxy.init("def main(p):\n    return {'got': p}\n")
        for value in ("text", [1], 42):
            self.assertEqual(404, self.proxy.run(value)[0])
        self.assertEqual(404, self.proxy.post("/run", "{")[0])

    def test_other_keys_become_variables_and_stay(self) -> None:
        self.proxy.init("import os\ndef main(p):\n    return {'id': os.environ['__OW_ACTIVATION_ID']}\n")
        self.assertEqual((200, {"id": "1"}), self.proxy.run(activation_id="1"))
        self.assertEqual((200, {"id": "1"}), self.proxy.run())

    def test_sys_exit_ends_the_process(self) -> None:
        self.proxy.init("import sys\ndef main(p):\n    sys.exit(3)\n")
        with self.assertRaises(SystemExit) as raised:
            self.proxy.run()
        self.assertEqual(3, raised.exception.code)

    def test_other_paths_are_not_found(self) -> None:
        self.assertEqual(404, self.proxy.post("/status", {})[0])


class Ended(BaseException):
    """There are no more connections."""


class Platform:
    """The far side of a listening process: brings `requests`, keeps what is said."""

    def __init__(self, *requests: bytes) -> None:
        self.requests = list(requests)
        self.sent: list[bytes] = []
        self.closed: list[int] = []
        self._current = b""

    def cross(self, module: str, name: str, args: tuple[Any, ...]) -> Any:
        assert module == "socket"
        if name == "accept":
            if not self.requests:
                raise Ended
            self._current = self.requests.pop(0)
            self.sent.append(b"")
            return 4 + len(self.sent)
        if name == "receive":
            data, self._current = self._current[: args[1]], self._current[args[1] :]
            return data
        if name == "send":
            self.sent[-1] += args[1]
            return None
        self.closed.append(args[0])
        return None


class Listening(unittest.TestCase):
    def serve(self, platform: Platform, answer: Callable[..., tuple[int, str]]) -> None:
        create_server, path = socket.create_server, list(sys.path)
        sys.path.insert(0, str(PROXY.parent))
        try:
            listening.listen_across(8080, platform)
            import http_server  # type: ignore[import-not-found]

            http_server.serve(8080, answer)
        except Ended:
            pass
        finally:
            socket.create_server, sys.path[:] = create_server, path

    def test_each_request_is_a_connection_that_is_closed_after_its_answer(self) -> None:
        body = "é".encode()
        head = b"POST /run HTTP/1.1\r\nHost: here\r\ncontent-length: 2\r\n\r\n"
        platform = Platform(head + body, head + body)
        heard: list[tuple[str, str, bytes]] = []

        def answer(method: str, path: str, body: bytes) -> tuple[int, str]:
            heard.append((method, path, body))
            return (200, '{"a": "é"}') if len(heard) == 1 else (404, "nothing")

        self.serve(platform, answer)
        self.assertEqual([("POST", "/run", body)] * 2, heard)
        self.assertEqual([5, 6], platform.closed)
        first, second = (sent.decode() for sent in platform.sent)
        self.assertTrue(first.startswith("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"), first)
        self.assertTrue(
            first.endswith('\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"a": "é"}'), first
        )
        self.assertTrue(second.startswith("HTTP/1.1 404 Not Found\r\n"), second)

    def test_other_ports_are_left_to_python(self) -> None:
        create_server = socket.create_server
        asked: list[Any] = []
        socket.create_server = lambda *args, **_: asked.append(args)  # type: ignore
        try:
            listening.listen_across(8080, Platform())
            socket.create_server(("", 9090))
        finally:
            socket.create_server = create_server
        self.assertEqual([(("", 9090),)], asked)


if __name__ == "__main__":
    unittest.main()
