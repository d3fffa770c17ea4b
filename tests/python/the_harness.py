"""The lab's own Python, as the interpreter finds it: from a folder that is on the path for a moment only."""

import importlib
import sys
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"

sys.path.insert(0, str(SRC))
absences = importlib.import_module("harness.absences")
describe = importlib.import_module("harness.describe")
disk = importlib.import_module("harness.disk")
hidden_modules = importlib.import_module("harness.hidden_modules")
listening = importlib.import_module("harness.listening")
locales = importlib.import_module("harness.locales")
native = importlib.import_module("harness.native")
old_imports = importlib.import_module("harness.old_imports")
passed_sockets = importlib.import_module("harness.passed_sockets")
pipes = importlib.import_module("harness.pipes")
recorder = importlib.import_module("harness.recorder")
rehearsal = importlib.import_module("harness.rehearsal")
session = importlib.import_module("harness.session")
streams = importlib.import_module("harness.streams")
wire = importlib.import_module("harness.wire")
sys.path.remove(str(SRC))
