"""Runs every test of this folder in the Python that it is started in, and says last how many there were.

`scripts/checks/python.ts` starts it in CPython and, by `in-pyodide.ts`, in Pyodide; names as `unittest`
takes them (`test_invoke`, `test_invoke.Class.test_name`) choose some. The last line of the output is
JSON, and belongs to that script: a run without it died on the way.
"""

import json
import sys
import unittest
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def run(names: Sequence[str]) -> bool:
    """Run the tests; True when there were some and all of them passed."""
    # The folders of the platforms are shown to readers: no bytecode may appear in them.
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(ROOT))
    loader = unittest.TestLoader()
    if names:
        suite = loader.loadTestsFromNames([f"tests.python.{name}" for name in names])
    else:
        suite = loader.discover(str(HERE), top_level_dir=str(ROOT))
    # Names each test before it runs: one that ends the whole process is known by standing last.
    result = unittest.TextTestRunner(sys.stdout, verbosity=2).run(suite)
    passed = result.wasSuccessful() and result.testsRun > 0
    version = ".".join(map(str, sys.version_info[:3]))
    summary = {
        "python": f"{'Pyodide' if sys.platform == 'emscripten' else 'CPython'} {version}",
        "ran": result.testsRun,
        "skipped": len(result.skipped),
        "failed": len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses),
    }
    print(json.dumps(summary), flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(0 if run(sys.argv[1:]) else 1)
