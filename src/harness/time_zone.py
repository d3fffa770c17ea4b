"""The time zone of a process: it follows the variable TZ, by the zones that lie on the disk.

C's own functions do (`src/sandbox/local-time.ts`); here are `time.tzset`, which Pyodide's Python lacks,
and what `time` tells of the zone. The files of the zones come only where a run asks for them, and that may
be in its middle.
"""

from __future__ import annotations

import os
import re
import sys
import time
import zipimport
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import Any

from harness.event_loop import pyodide_loop

# The variable's values that need no file.
UTC = {"", ":", "UTC", ":UTC"}

# Longer than this Python keeps no zone's name.
NAME_LENGTH = 9
YEAR = (365 * 24 + 6) * 3600

SENTENCE = (
    "the lab brings the files of time zones along before a run whose code names zoneinfo, tzset or TZ, and "
    "cannot bring them in the middle of it in this browser: write one of these words into the handler's "
    "file, in a comment for example, and run again"
)

# Bound here: a reader may put something else in their places.
_set_clock = time.mktime
_local_time = time.localtime
_now = time.time

# What Pyodide has put into the library's reader: where there is no such zone, it tells of a package to load.
_ADVICE = re.compile(
    rb"^ +import sys\n +if \"tzdata\" not in sys\.modules:\n +raise ZoneInfoNotFoundError\(\n(?: +f?\".*\n)+",
    re.M,
)

# What Python reads an archive's files by.
_NAMES: dict[str, Any] = zipimport.__dict__


class Zones:
    """The files of the zones, which may still be on their way."""

    def __init__(self) -> None:
        self._arrive: Callable[[], Any] | None = None
        self._wait: Callable[[Any], object] | None = None

    def await_files(self, arrive: Callable[[], Any] | None, wait: Callable[[Any], object] | None) -> None:
        """Let what needs the files wait for what `arrive` promises; it is None where they are there.

        `wait` is None where Python cannot be suspended.
        """
        self._arrive, self._wait = arrive, wait
        read = _NAMES["_get_data"]

        def read_after_zones(path: str, entry: Any) -> Any:
            if "/zoneinfo/" not in entry[0]:
                return read(path, entry)
            # To import the library's own reader of zones is the first that a program does with them.
            self.bring(ImportError)
            return _ADVICE.sub(b"", read(path, entry))

        _NAMES["_get_data"] = read_after_zones
        sys.meta_path.insert(0, ReaderFinder(self))

    def bring(self, error: type[Exception]) -> None:
        """Wait until the files are there; raise `error` with a sentence where that cannot be."""
        if self._arrive is None:
            return
        if self._wait is None:
            raise error(SENTENCE)
        # A promise that comes from JavaScript is tied to the loop that runs.
        with pyodide_loop():
            arrived = self._arrive()
        self._wait(arrived)
        self._arrive = None


class ReaderFinder(MetaPathFinder):
    """Finds the library's own reader of zones where it lies in files, and brings the zones ahead of it."""

    def __init__(self, zones: Zones) -> None:
        self._zones = zones

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module of `zoneinfo` that reads its source without Pyodide's advice."""
        if fullname.partition(".")[0] != "zoneinfo":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        loader = None if spec is None else spec.loader
        # A program may have a module of that name itself.
        if not isinstance(loader, SourceFileLoader) or "/lib/python" not in loader.path:
            return spec
        self._zones.bring(ImportError)
        read = loader.get_data
        loader.get_data = lambda path: _ADVICE.sub(b"", read(path))  # type: ignore[method-assign]
        return spec


zones = Zones()
await_files = zones.await_files


def tzset() -> None:
    """Initialize, or reinitialize, the local timezone to the value stored in os.environ['TZ']."""
    if os.environ.get("TZ", "") not in UTC:
        zones.bring(OSError)
    # C's `mktime` looks at the variable anew, as its `tzset` would.
    _set_clock((1970, 1, 1, 0, 0, 0, 0, 0, 0))
    january = int(_now()) // YEAR * YEAR
    winter, summer = (_local_time(moment) for moment in (january, january + YEAR // 2))
    # South of the equator it is July that has no daylight saving time.
    standard, other = (summer, winter) if summer.tm_gmtoff < winter.tm_gmtoff else (winter, summer)
    time.tzname = (standard.tm_zone[:NAME_LENGTH], other.tm_zone[:NAME_LENGTH])
    time.timezone, time.altzone = -standard.tm_gmtoff, -other.tm_gmtoff
    time.daylight = int(winter.tm_gmtoff != summer.tm_gmtoff)


tzset.__module__ = "time"


def begin_in_zone() -> None:
    """Give `time` what it lacks, and set the clocks of a process that starts by its variable."""
    time.tzset = tzset
    # As Python has booted it is in UTC; a look at the clock would move a simulated one on.
    if os.environ.get("TZ", "") not in UTC:
        tzset()
