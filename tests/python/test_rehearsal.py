"""A rehearsal does what a run does, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import http.client
import io
import linecache
import os
import sys
import tempfile
import unittest
from collections.abc import Iterator
from typing import Any
from unittest import mock

from .the_harness import rehearsal, streams


@contextlib.contextmanager
def written() -> Iterator[list[bytes]]:
    """Collect what is written to a process's own streams."""
    pieces: list[bytes] = []

    def write(_fd: int, data: bytes) -> int:
        pieces.append(data)
        return len(data)

    with mock.patch.object(streams, "_write", write):
        yield pieces


def surroundings() -> dict[str, Any]:
    """Return what a program could tell a rehearsal by."""
    return {
        "modules": sorted(sys.modules),
        "path": list(sys.path),
        "finders": list(sys.meta_path),
        "importers": sorted(sys.path_importer_cache),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "trace": sys.gettrace(),
        "sources": dict(linecache.cache),
        "streams": (sys.stdout, sys.stderr),
    }


class Rehearsal(unittest.TestCase):
    """What it does, and what is left of it."""

    def setUp(self) -> None:
        """Rehearse where this machine lets one write."""
        parent = tempfile.mkdtemp()
        self.addCleanup(os.rmdir, parent)
        self.folder = os.path.join(parent, "rehearsal")
        patch = mock.patch.object(rehearsal, "FOLDER", self.folder)
        patch.start()
        self.addCleanup(patch.stop)

    def test_prints_what_its_handler_prints(self) -> None:
        with written() as pieces:
            rehearsal.rehearse(None, None)
        text = b"".join(pieces).decode()
        self.assertIn("Event: {'key': [1, 2.5, 'text', None, True]", text)
        self.assertIn("in handler", text)

    def test_leaves_everything_as_it_was(self) -> None:
        with written():
            # What Python imports for the first time stays: in an environment all of it is there already.
            rehearsal.rehearse(None, None)
            before = surroundings()
            rehearsal.rehearse(None, None)
        self.assertEqual(before, surroundings())
        self.assertFalse(os.path.exists(self.folder))

    def test_leaves_everything_as_it_was_after_a_failure(self) -> None:
        with written():
            rehearsal.rehearse(None, None)
        before = surroundings()
        with (
            mock.patch.object(rehearsal, "ANSWER", b"no answer\r\n\r\n"),
            contextlib.redirect_stderr(io.StringIO()),
            self.assertRaises(http.client.HTTPException),
        ):
            rehearsal.rehearse(None, None)
        after = surroundings()
        self.assertEqual({**before, "streams": None}, {**after, "streams": None})
        self.assertFalse(os.path.exists(self.folder))


if __name__ == "__main__":
    unittest.main()
