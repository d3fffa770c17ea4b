"""Ways out of a process: its standard streams, and a connection to the server beside it."""

import http.client
import json
import socket
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from .the_harness import hidden_modules, native, passed_sockets, streams, wire


class Streams(unittest.TestCase):
    def setUp(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the clean-up
        self.addCleanup(self.file.close)
        self.cuts: list[int] = []
        self.order: list[str] = []
        self.gate = native.OutputGate(self.cuts.append)
        self.gate.begin(10)
        before = lambda: self.order.append("before")  # noqa: E731
        self.stream = streams.StandardFile(self.file.fileno(), "<stdout>", before, self.gate)

    def written(self) -> bytes:
        self.file.seek(0)
        return self.file.read()

    def test_write_at_once_what_was_recorded_goes_ahead(self) -> None:
        self.assertEqual(3, self.stream.write(b"one"))
        self.assertEqual(["before"], self.order)
        self.assertEqual(b"one", self.written())

    def test_pass_as_much_as_the_run_may_write_and_take_the_rest(self) -> None:
        for _ in range(3):
            self.assertEqual(6, self.stream.write(b"sixsix"))
        self.assertEqual(b"sixsixsixs", self.written())
        self.assertEqual([10], self.cuts)
        self.assertEqual(["before", "before"], self.order)

    def test_stand_for_python_s_own(self) -> None:
        for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
            self.addCleanup(setattr, sys, name, getattr(sys, name))
        with mock.patch.object(
            streams, "_write", lambda fd, data: self.order.append(f"{fd} {data.decode()}")
        ):
            streams.open_standard_streams(lambda: None, self.gate)
            out, err = sys.stdout, sys.stderr
            print("o", end="", file=out)
            print("e", file=err)
            out.flush()
        self.assertEqual(["2 e\n", "1 o"], self.order, "standard error holds no line back")
        self.assertEqual(
            ((1, "<stdout>"), (2, "<stderr>")), ((out.fileno(), out.name), (err.fileno(), err.name))
        )


class Wires(unittest.TestCase):
    def connect(self, answer: bytes) -> list[Any]:
        """Let connections cross to a far side that always gives this answer; return what it was asked."""
        asked: list[Any] = []

        def call(module: str, name: str, args: str) -> str:
            asked.append((module, name, json.loads(args)))
            return json.dumps({"value": json.loads(json.dumps([answer], default=native._bytes_to_json))[0]})

        self.addCleanup(setattr, socket, "create_connection", socket.create_connection)
        border = native.Border(call, None, lambda *_: None, lambda _: None)
        wire.connect_across("127.0.0.1:9001", border)
        return asked

    def test_carry_a_request_and_its_answer_as_bytes(self) -> None:
        asked = self.connect(b"HTTP/1.1 202 Accepted\r\nContent-Length: 3\r\n\r\n\xff\x00!")
        connection = http.client.HTTPConnection("127.0.0.1:9001")
        connection.request("POST", "/x", b"\x00\xff", {"A": "b"})
        response = connection.getresponse()
        self.assertEqual((202, b"\xff\x00!"), (response.status, response.read()))
        connection.close()
        ((module, name, (sent,)),) = asked
        self.assertEqual(("socket", "exchange"), (module, name))
        head, _, body = native.tuples(sent).partition(b"\r\n\r\n")
        self.assertEqual(b"\x00\xff", body)
        self.assertEqual(b"POST /x HTTP/1.1", head.split(b"\r\n")[0])
        self.assertIn(b"A: b", head.split(b"\r\n"))

    def test_lead_to_that_server_and_to_no_other(self) -> None:
        asked = self.connect(b"")
        with (
            mock.patch.object(socket, "socket", side_effect=OSError("no network")),
            self.assertRaises(OSError),
        ):
            socket.create_connection(("127.0.0.1", 9002), 1)
        self.assertEqual([], asked)


class PassedSockets(unittest.TestCase):
    def setUp(self) -> None:
        self.incoming = b"one\ntwo\xff"
        self.asked: list[Any] = []
        self.addCleanup(setattr, socket, "fromfd", socket.fromfd)
        border = native.Border(self.answer, None, lambda *_: None, lambda _: None)
        passed_sockets.pass_sockets(border)

    def answer(self, module: str, name: str, args: str) -> str:
        """Give what has come in, of the one socket that is open; take anything."""
        fd, argument = native.tuples(json.loads(args))
        self.asked.append((module, name, fd, argument))
        if fd != 17:
            return json.dumps({"error": f"{fd} is not open"})
        if name == "send":
            return json.dumps({"value": None})
        value, self.incoming = self.incoming[:argument], self.incoming[argument:]
        return json.dumps({"value": value}, default=native._bytes_to_json)

    def open(self, fd: int = 17) -> Any:
        return socket.fromfd(fd, socket.AF_UNIX, socket.SOCK_STREAM)

    def test_are_read_as_bytes_or_as_a_file_to_their_end(self) -> None:
        connection = self.open()
        self.assertEqual((17, b"one"), (connection.fileno(), connection.recv(3)))
        with connection.makefile("rb") as file:
            self.assertEqual([b"\n", b"two\xff", b""], [file.readline(), file.read(), file.read()])
        self.assertEqual(b"", connection.recv(10))

    def test_are_written_to_at_once_until_they_are_closed(self) -> None:
        with self.open() as connection:
            connection.sendall(b"")
            connection.sendall(bytearray(b"\x00\xff"))
            self.assertEqual([("socket", "send", 17, b"\x00\xff")], self.asked)
        with self.assertRaises(OSError):
            connection.sendall(b"closed")
        with self.assertRaises(OSError):
            connection.recv(1)

    def test_of_other_descriptors_are_not_open(self) -> None:
        with self.assertRaisesRegex(OSError, "^16 is not open$"):
            self.open(16).recv(1)
        with self.assertRaises(ValueError):
            self.open().makefile("w")


class HiddenModules(unittest.TestCase):
    def forget(self, *names: str) -> set[str]:
        """Return which modules are gone when the task holds files or folders of these names."""
        with tempfile.TemporaryDirectory() as task, mock.patch.dict(sys.modules):
            for name in names:
                Path(task, name).write_text("", encoding="utf-8")
            before = set(sys.modules)
            hidden_modules.forget_hidden_modules(task)
            return before - set(sys.modules)

    def test_are_none_of_a_task_that_has_names_of_its_own(self) -> None:
        self.assertEqual(set(), self.forget("lambda_function.py", "os.py", "README.md"))

    def test_are_forgotten_with_the_rest_of_the_library(self) -> None:
        gone = self.forget("json.py")
        self.assertTrue({"json", "json.decoder", "logging", "tempfile"} <= gone, gone)
        self.assertFalse({"os", "sys", "io", "encodings.utf_8", "socket", __name__} & gone, gone)


if __name__ == "__main__":
    unittest.main()
