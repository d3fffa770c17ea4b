"""One program and its trace, in a file that Python's writer and TypeScript's reader are both held to."""

import json
import unittest
from pathlib import Path

from .watched import TASK, watch

GOLDEN = Path(__file__).with_name("golden_trace.json")


class Golden(unittest.TestCase):
    maxDiff = None

    def test_the_recorder_writes_the_golden_trace(self) -> None:
        golden = json.loads(GOLDEN.read_text())
        program = "\n".join(golden["program"]) + "\n"
        self.assertEqual(golden["events"], watch((TASK, program)).events)
