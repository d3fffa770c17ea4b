"""Where in a trace does a change of the disk stand? Behind the line that made it."""

import base64
import os
import tempfile
import unittest
from pathlib import Path
from typing import Any

from .the_harness import disk
from .watched import TASK, watch


class Changes(unittest.TestCase):
    maxDiff = None

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # The name that the system itself gives it: where /tmp is a link, another one.
        self.folder = os.path.realpath(folder.name)

    def run_lines(self, *lines: str, limit: int = 1000) -> list[str]:
        """Run lines of a program in the folder; return its lines' numbers, and between them what changed."""
        source = "\n".join([f"import os, pathlib; os.chdir({self.folder!r})", *lines]) + "\n"
        here = os.getcwd()
        try:
            watched = watch((TASK, source), limit=limit)
        finally:
            os.chdir(here)
        return [text for event in watched.events if (text := self.to_text(event)) is not None]

    def to_text(self, event: dict[str, Any]) -> str | None:
        if event["kind"] == "line":
            return str(event["line"])
        if event["kind"] != "file":
            return None
        name = os.path.relpath(event["path"], self.folder)
        if event["size"] is None:
            return f"{name} is gone"
        body = base64.b64decode(event["base64"]) if "base64" in event else None
        return f"{name} has {event['size']}: {body!r}"

    def test_a_file_is_written_when_its_buffer_is(self) -> None:
        self.assertEqual(
            ["1", "2", "a has 0: b''", "3", "4", "a has 5: b'hello'", "5"],
            self.run_lines("f = open('a', 'w')", "f.write('hello')", "f.close()", "x = 1"),
        )

    def test_appended_renamed_removed(self) -> None:
        Path(self.folder, "a").write_bytes(b"1")
        self.assertEqual(
            ["1", "2", "a has 2: b'12'", "3", "a is gone", "b has 2: b'12'", "4", "b is gone", "5"],
            self.run_lines(
                "with open('a', 'ab') as f: f.write(b'2')", "os.rename('a', 'b')", "os.remove('b')", "x = 1"
            ),
        )

    def test_a_path_object_and_a_descriptor(self) -> None:
        self.assertEqual(
            ["1", "2", "p has 1: b'p'", "3", "d has 0: b''", "4", "d has 1: b'x'", "5", "6"],
            self.run_lines(
                "pathlib.Path('p').write_text('p')",
                "f = os.open('d', os.O_WRONLY | os.O_CREAT)",
                "n = os.write(f, b'x')",
                "os.close(f)",
                "x = 1",
            ),
        )

    def test_a_folder_takes_its_files_with_it(self) -> None:
        Path(self.folder, "one").mkdir()
        Path(self.folder, "one", "f").write_bytes(b"x")
        self.assertEqual(
            ["1", "2", "one/f is gone", "two/f has 1: b'x'", "3"],
            self.run_lines("os.rename('one', 'two')", "x = 1"),
        )

    def test_what_is_only_read_or_left_as_it_is_changes_nothing(self) -> None:
        Path(self.folder, "a").write_bytes(b"1")
        self.assertEqual(
            ["1", "2", "3", "4"],
            self.run_lines("open('a').read()", "open('a', 'a').close()", "x = 1"),
        )

    def test_a_large_file_is_told_without_its_bytes(self) -> None:
        size = disk.MAX_FILE_BYTES + 1
        self.assertEqual(
            ["1", "2", f"a has {size}: None", "3"],
            self.run_lines(f"f = open('a', 'wb').write(bytes({size}))", "x = 1"),
        )

    def test_no_more_than_so_many_changes_of_a_run(self) -> None:
        more = disk.MAX_CHANGES + 5
        told = self.run_lines(f"for n in range({more}): open('f' + str(n), 'w').close()", limit=10)
        self.assertEqual(disk.MAX_CHANGES, sum("has 0" in text for text in told))

    def test_a_name_of_the_programs_own_class_is_asked_by_python_alone(self) -> None:
        self.run_lines(
            "asked = []",
            "Name = type('Name', (), {'__fspath__': lambda self: asked.append(1) or 'a'})",
            "open(Name(), 'w').close()",
            "try: os.remove(Name())",
            "finally: open('count', 'w').write(str(len(asked)))",
        )
        self.assertEqual("2", Path(self.folder, "count").read_text(encoding="utf-8"))


class KnownChanges(unittest.TestCase):
    """A disk that says which of its files were written to."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        self.numbers = ""
        self.disk = disk.Disk(self.take)
        self.disk.begin()

    def take(self) -> str:
        numbers, self.numbers = self.numbers, ""
        return numbers

    def write(self, name: str, text: str) -> int:
        path = Path(self.folder, name)
        path.write_text(text, encoding="utf-8")
        return path.stat().st_ino

    def changes(self) -> list[str]:
        return [os.path.basename(event["path"]) for event in self.disk.changes(thorough=True)]

    def test_only_what_it_names_is_looked_at(self) -> None:
        written = [self.write(name, "") for name in "abc"]
        # Made before they were opened for writing again, so that they are known by their numbers.
        self.numbers = "0"
        self.assertEqual(["a", "b", "c"], self.changes())
        for name in "abc":
            self.write(name, "x")
        # Opening them made each one to be looked at once more.
        self.numbers = f"{written[0]}"
        self.assertEqual(["a", "b", "c"], self.changes())
        for name in "abc":
            os.utime(os.path.join(self.folder, name), (1, 1))
        self.assertEqual([], self.changes())
        self.numbers = f"{written[1]}"
        self.assertEqual(["b"], self.changes())

    def test_a_file_that_is_moved_is_known_where_it_is(self) -> None:
        number = self.write("a", "")
        self.numbers = "0"
        self.changes()
        os.rename(os.path.join(self.folder, "a"), os.path.join(self.folder, "b"))
        self.numbers = "0"
        self.assertEqual(["a", "b"], self.changes())
        os.utime(os.path.join(self.folder, "b"), (1, 1))
        self.numbers = str(number)
        self.assertEqual(["b"], self.changes())

    @unittest.skipUnless(hasattr(os, "mknod"), "a browser's Python makes no file without opening it")
    def test_a_file_that_comes_late_is_found(self) -> None:
        with self.assertRaises(OSError):
            os.open(os.path.join(self.folder, "a"), os.O_WRONLY)
        self.numbers = "0"
        self.assertEqual([], self.changes())
        os.mknod(os.path.join(self.folder, "a"))
        self.numbers = "0"
        self.assertEqual(["a"], self.changes())


if __name__ == "__main__":
    unittest.main()
