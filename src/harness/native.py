"""Modules that are not Python: found by name, played from outside.

A platform's `platform.json` names them. The finder stands before Python's path finder, because the
path finder would try to load the placeholder `.so` that lies on the disk. Calls cross as JSON text:
the border answers `{"value": …}`, `{"error": text, "type"?: class}`, `{"signal": number}` or
`{"end": true}`, at once or by a promise. Bytes cross, either way, as `{"base64": text}`.
"""

from __future__ import annotations

import signal
import sys
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, TypedDict, TypeVar, cast

from harness.event_loop import pyodide_loop
from harness.own import dumps, loads

Text = TypeVar("Text", str, bytes)


class NativeModule(TypedDict):
    """One entry of `native` in `platform.json`."""

    module: str
    origin: str | None
    functions: list[str]
    output: str | None
    asks: dict[str, list[str]]


class EnvironmentEnded(BaseException):
    """The environment is not needed any more: unwinds the process from where it waits."""


class Border:
    """Carries calls across; knows nothing of what they mean."""

    def __init__(
        self,
        call: Callable[[str, str, str], Any],
        wait: Callable[[Any], str] | None,
        before: Callable[[str, str], None],
        fresh: Callable[[dict[str, int]], None],
    ) -> None:
        """Cross by `call`, resolving promises with `wait`.

        `before` runs ahead of every call, with its names; `fresh` takes the limits when an answer says
        that another run has begun.
        """
        self._call = call
        self._wait = wait
        self._before = before
        self._fresh = fresh
        self._ended = False

    def cross(self, module: str, name: str, args: Sequence[Any]) -> Any:
        """Return the far side's value; raise what it says (OSError if it does not), or EnvironmentEnded."""
        if self._ended:
            # A process that is over does nothing more, whatever its `except:` and `finally:` want to do.
            raise EnvironmentEnded
        text = dumps(args, _bytes_to_json)
        self._before(module, name)
        # A promise that comes from JavaScript is tied to the loop that runs.
        with pyodide_loop():
            answer = self._call(module, name, text)
        if not isinstance(answer, str):
            if self._wait is None:
                raise RuntimeError("the far side would wait, and this Python cannot")
            answer = self._wait(answer)
        reply = loads(answer)
        if "fresh" in reply:
            self._fresh(reply["fresh"])
        if "end" in reply:
            self._ended = True
            raise EnvironmentEnded
        if "signal" in reply:
            self._deliver(reply["signal"])
            return self.cross(module, name, args)
        if "error" in reply:
            raise RAISED[reply.get("type", "OSError")](reply["error"])
        return tuples(reply["value"])

    def _deliver(self, number: int) -> None:
        """Do what a signal does to a process that waits here."""
        action = signal.getsignal(number)
        if callable(action):
            action(number, sys._getframe(2))  # pyright: ignore[reportPrivateUsage]
        elif action != signal.SIG_IGN:
            self.cross("process", "exit", (-number,))


RAISED: dict[str, type[Exception]] = {"OSError": OSError, "RuntimeError": RuntimeError}


def _bytes_to_json(value: Any) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"base64": b2a_base64(value, newline=False).decode("ascii")}
    raise TypeError(f"{type(value).__name__} does not cross the border")


def tuples(value: Any) -> Any:
    """Return `value` as native functions answer: every list as a tuple, bytes as bytes."""
    if isinstance(value, list):
        return tuple(tuples(item) for item in cast("list[Any]", value))
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value)
        if items.keys() == {"base64"}:
            return a2b_base64(items["base64"])
        return {key: tuples(item) for key, item in items.items()}
    return value


class OutputGate:
    """Lets the first characters of a run's output pass; what follows costs next to nothing."""

    def __init__(self, cut: Callable[[int], None]) -> None:
        """`cut` is called once a run, with the limit, after the last character that passed."""
        self._cut = cut
        self._limit = 0
        self._left = 0
        self.open = True

    def begin(self, limit: int) -> None:
        """Start a run that may write `limit` characters."""
        self._limit = self._left = limit
        self.open = True

    def carry(self, text: Text, carry: Callable[[Text], object]) -> None:
        """Hand to `carry` what may pass of `text`, and close when that was not all of it."""
        passed = text[: self._left]
        self._left -= len(passed)
        if passed:
            carry(passed)
        if len(passed) < len(text):
            self.open = False
            self._cut(self._limit)


class NativeFinder(MetaPathFinder, Loader):
    """Supplies the native modules of one platform."""

    def __init__(
        self,
        modules: Sequence[NativeModule],
        border: Border,
        gate: OutputGate,
        missing: Callable[[str, str], None] | None = None,
    ) -> None:
        """`modules` as `platform.json` lists them; `missing` is told of a name that one of them has not."""
        self._modules = {module["module"]: module for module in modules}
        self._border = border
        self._gate = gate
        self._missing = missing

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return a real spec, so that `importlib.util.find_spec` shows where the module lies."""
        module = self._modules.get(fullname)
        if module is None:
            return None
        spec = ModuleSpec(fullname, self, origin=module["origin"])
        spec.has_location = module["origin"] is not None
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave the making of the module to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give the module its functions."""
        native = self._modules[module.__name__]
        for name in native["functions"]:
            if name == native.get("output"):
                function = self._output_function(module.__name__, name)
            else:
                asked = native.get("asks", {}).get(name)
                function = self._function(module.__name__, name, () if asked is None else (asked,))
            function.__name__ = function.__qualname__ = name
            function.__module__ = module.__name__
            setattr(module, name, function)
        if self._missing is not None:
            vars(module)["__getattr__"] = self._telling(module.__name__, self._missing)

    def _telling(self, module: str, missing: Callable[[str, str], None]) -> Callable[[str], Any]:
        def __getattr__(name: str) -> Any:
            missing(module, name)
            raise AttributeError(f"module {module!r} has no attribute {name!r}")

        return __getattr__

    def _function(self, module: str, name: str, more: tuple[Any, ...]) -> Callable[..., Any]:
        cross = self._border.cross

        def native(*args: Any, **named: Any) -> Any:
            if named and self._missing is None:
                raise TypeError(f"{module}.{name}() takes no keyword arguments")
            # The names of a brought runtime's client are not known, only their order.
            return cross(module, name, (*args, *named.values(), *more))

        return native

    def _output_function(self, module: str, name: str) -> Callable[..., Any]:
        cross = self._border.cross
        gate = self._gate

        def native(text: str, *args: Any) -> Any:
            # A program may print a million times: a closed gate must cost one look.
            if gate.open:
                gate.carry(text, lambda passed: cross(module, name, (passed, *args)))

        return native
