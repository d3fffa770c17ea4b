"""A process's pipes: what it writes reaches the far side in its order, and what it reads is asked for."""

import os
import sys
import unittest
from typing import Any

from .the_harness import pipes

OUT = 240


class Border:
    """The far side: hands out `incoming`, piece by piece, and keeps what crosses."""

    def __init__(self, *incoming: bytes) -> None:
        self.incoming = list(incoming)
        self.crossed: list[tuple[Any, ...]] = []

    def cross(self, module: str, name: str, args: tuple[Any, ...]) -> Any:
        self.crossed.append((module, name, *args))
        if name == "read":
            return self.incoming.pop(0) if self.incoming else b""
        return None

    @property
    def written(self) -> bytes:
        return b"".join(call[3] for call in self.crossed if call[1] == "write")


class Pipes(unittest.TestCase):
    def setUp(self) -> None:
        kept = sys.stdin, sys.__stdin__, sys.stdout, sys.__stdout__, os.read

        def restore() -> None:
            sys.stdin, sys.__stdin__, sys.stdout, sys.__stdout__, os.read = kept  # type: ignore[misc]
            os.close(pipes.OWN_END)
            os.close(OUT)

        self.addCleanup(restore)

    def open(self, *incoming: bytes) -> tuple[Any, Border]:
        border = Border(*incoming)
        opened = pipes.Pipes(0, OUT, border)
        opened.open_streams()
        return opened, border

    def test_what_is_written_by_number_or_by_a_file_crosses_once_and_in_order(self) -> None:
        opened, border = self.open()
        opened.send()
        self.assertEqual([], border.crossed)
        os.write(OUT, b"one\n")
        with os.fdopen(OUT, "wb", closefd=False) as file:
            file.write(b"two\n")
            opened.send()
            self.assertEqual([("pipe", "write", OUT, b"one\n")], border.crossed)
        opened.send()
        opened.send()
        self.assertEqual([("pipe", "write", OUT, b"one\n"), ("pipe", "write", OUT, b"two\n")], border.crossed)

    def test_standard_input_gives_lines_as_they_come_and_then_its_end(self) -> None:
        _, border = self.open(b"first\nsec", "ond é\nlast".encode())
        self.assertEqual("first\n", sys.stdin.readline())
        # A line that is there already is not asked for, and no more is asked for than the line needs.
        self.assertEqual(1, len(border.crossed))
        self.assertEqual("second é\n", sys.stdin.readline())
        self.assertEqual(2, len(border.crossed))
        self.assertEqual(["last"], list(sys.stdin))
        self.assertEqual("", sys.stdin.read())

    def test_all_of_it_may_be_read_at_once_as_text_or_as_bytes(self) -> None:
        self.open(b"a", b"b\n", b"c")
        self.assertEqual(b"ab\nc", sys.stdin.buffer.read())
        self.open(b"a", b"b\n", b"c")
        self.assertEqual("ab\nc", sys.stdin.read())

    def test_it_may_be_read_by_its_number_and_other_files_are_left_alone(self) -> None:
        _, border = self.open(b"line\n")
        self.assertEqual(b"line\n", os.read(0, 100))
        self.assertEqual([("pipe", "read", 0, 100)], border.crossed)
        end, other = os.pipe()
        os.write(other, b"own")
        self.assertEqual(b"own", os.read(end, 100))
        os.close(end)
        os.close(other)
        self.assertEqual(1, len(border.crossed))

    def test_standard_output_as_a_pipe_is_never_full(self) -> None:
        border = Border()
        opened = pipes.Pipes(0, OUT, border)
        text = "x" * 100 + "\n"
        file = pipes.Outgoing(opened, "<stdout>", OUT)
        many = text.encode() * 3000
        left = memoryview(many)
        while left:
            left = left[file.write(left) :]
        self.assertEqual(many, border.written)


if __name__ == "__main__":
    unittest.main()
