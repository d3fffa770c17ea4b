"""What of Python's library has left it since 3.6, for a runtime that was made for an older one.

Whole modules, and names of modules that are still there. Where today's Python does the same under another
name, that is the stand-in; the others are known by their names alone, so that who asks for one is told.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NamedTuple

from harness import old_imports

# What a Python from 3.6 on had and 3.14 has not.
LEFT_NAMES = (
    "_bootlocale _dummy_thread _dummy_threading aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt "
    "distutils dummy_threading formatter fpectl imghdr imp lib2to3 macpath macurl2path mailcap msilib nis "
    "nntplib ossaudiodev parser pipes smtpd sndhdr spwd sunau symbol telnetlib uu xdrlib"
)
LEFT = frozenset(LEFT_NAMES.split())


def _fill_cgi(module: ModuleType) -> None:
    import html
    from email.message import Message

    def escape(s: str, quote: bool = False) -> str:
        return html.escape(s, quote)

    def parse_header(line: str) -> tuple[str, dict[str, str]]:
        message = Message()
        message["content-type"] = line
        (kind, _), *parameters = message.get_params(failobj=[(line, "")])
        return kind, dict(parameters)

    vars(module).update(escape=escape, parse_header=parse_header)


def _fill_pipes(module: ModuleType) -> None:
    import shlex

    vars(module)["quote"] = shlex.quote


def _fill_element_tree(module: ModuleType) -> None:
    vars(module).update(vars(importlib.import_module("xml.etree.ElementTree")))


def _fill_util(module: ModuleType) -> None:
    def strtobool(val: str) -> int:
        said = val.lower()
        if said in ("y", "yes", "t", "true", "on", "1"):
            return 1
        if said in ("n", "no", "f", "false", "off", "0"):
            return 0
        raise ValueError(f"invalid truth value {said!r}")

    vars(module)["strtobool"] = strtobool


def _fill_version(module: ModuleType) -> None:
    vars(module).update(LooseVersion=LooseVersion, StrictVersion=LooseVersion)


def _fill_nothing(_module: ModuleType) -> None:
    """Leave a package as it is: what is in it is asked for by itself."""


class LooseVersion:
    """A version by its numbers and its words, in the order in which they stand."""

    def __init__(self, vstring: str = "") -> None:
        """Read a version from its text."""
        import re

        self.vstring = vstring
        parts = [part for part in re.split(r"(\d+|[a-z]+|\.)", vstring) if part and part != "."]
        self.version: list[int | str] = [int(part) if part.isdigit() else part for part in parts]

    def __str__(self) -> str:
        """Return the text."""
        return self.vstring

    def __repr__(self) -> str:
        """Return what would make it."""
        return f"{type(self).__name__} ({self.vstring!r})"

    def _pair(self, other: object) -> tuple[list[Any], list[Any]]:
        others = other if isinstance(other, LooseVersion) else LooseVersion(str(other))
        return self.version, others.version

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same version."""
        own, others = self._pair(other)
        return own == others

    def __lt__(self, other: object) -> bool:
        """Tell whether this one came before."""
        own, others = self._pair(other)
        return own < others

    def __le__(self, other: object) -> bool:
        """Tell whether this one did not come later."""
        return not self > other

    def __gt__(self, other: object) -> bool:
        """Tell whether this one came later."""
        own, others = self._pair(other)
        return own > others

    def __ge__(self, other: object) -> bool:
        """Tell whether this one did not come before."""
        return not self < other

    def __hash__(self) -> int:
        """Return the same for equal versions."""
        return hash(tuple(self.version))


# Each with the release of Python 3 that has it no more.
STAND_INS: Mapping[str, tuple[int, Callable[[ModuleType], None]]] = {
    "cgi": (13, _fill_cgi),
    "distutils": (12, _fill_nothing),
    "distutils.util": (12, _fill_util),
    "distutils.version": (12, _fill_version),
    "imp": (12, old_imports.fill),
    "pipes": (13, _fill_pipes),
    "xml.etree.cElementTree": (9, _fill_element_tree),
}
PACKAGES = frozenset(["distutils"])


class ArgSpec(NamedTuple):
    """What `inspect.getargspec` told."""

    args: list[str]
    varargs: str | None
    keywords: str | None
    defaults: tuple[Any, ...] | None


def _getargspec(func: Any) -> ArgSpec:
    import inspect

    found = inspect.getfullargspec(func)
    return ArgSpec(found.args, found.varargs, found.varkw, found.defaults)


def _find_loader(name: str, path: Any = None) -> Any:
    spec = importlib.util.find_spec(name)
    return None if spec is None else spec.loader


def _set_check_interval(_interval: int) -> None:
    """Take a number that has had no effect since 3.2."""


ABSTRACT = (
    "AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container Coroutine "
    "Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping "
    "MutableSequence MutableSet Reversible Sequence Set Sized ValuesView"
)


def _without(release: int, *names: str) -> dict[str, tuple[int, Any]]:
    return dict.fromkeys(names, (release, None))


# By the module, each name with the release that has it no more and with what does the same today:
# `module:name`, a function of ours, or None.
NAMES: Mapping[str, Mapping[str, tuple[int, Any]]] = {
    "ast": _without(14, "Bytes", "Ellipsis", "NameConstant", "Num", "Str"),
    "asyncio": {
        "coroutine": (11, "types:coroutine"),
        **_without(14, "get_child_watcher", "set_child_watcher"),
    },
    "base64": {"decodestring": (9, "base64:decodebytes"), "encodestring": (9, "base64:encodebytes")},
    "collections": {name: (10, f"collections.abc:{name}") for name in ABSTRACT.split()},
    "configparser": {"SafeConfigParser": (12, "configparser:ConfigParser")},
    "fractions": {"gcd": (9, "math:gcd")},
    "importlib": {"find_loader": (12, _find_loader)},
    "importlib.abc": {
        "Finder": (12, "importlib.abc:MetaPathFinder"),
        **{
            name: (14, f"importlib.resources.abc:{name}")
            for name in ("ResourceReader", "Traversable", "TraversableResources")
        },
    },
    "importlib.util": _without(12, "module_for_loader", "set_loader", "set_package"),
    "inspect": {"getargspec": (11, _getargspec), **_without(11, "formatargspec")},
    "locale": {"format": (12, "locale:format_string"), **_without(13, "resetlocale")},
    "os": {"errno": (7, "errno:")},
    "pkgutil": {
        "find_loader": (14, _find_loader),
        "get_loader": (14, _find_loader),
        **_without(12, "ImpImporter", "ImpLoader"),
    },
    "platform": _without(8, "dist", "linux_distribution", "popen"),
    "ssl": _without(12, "RAND_pseudo_bytes", "match_hostname", "wrap_socket"),
    "sys": {
        "setcheckinterval": (9, _set_check_interval),
        **_without(9, "callstats", "getcheckinterval"),
        **_without(8, "get_coroutine_wrapper", "set_coroutine_wrapper"),
    },
    "time": {"clock": (8, "time:process_time")},
    "typing": _without(13, "io", "re"),
    "unittest": _without(13, "findTestCases", "makeSuite"),
}

# Arguments that are no more, by the module and its functions: the release, and what each stands for today.
ARGUMENTS: Mapping[str, Mapping[str, tuple[int, Mapping[str, int | None]]]] = {
    "json": {name: (9, {"encoding": None}) for name in ("load", "loads")},
    "traceback": {
        name: (10, {"etype": 0}) for name in ("format_exception", "format_exception_only", "print_exception")
    },
}


class Library:
    """The library of the Python that a runtime was made for."""

    def __init__(self, python: str | None) -> None:
        """`python` is its release (`3.9`); None where nobody knows: then it had all of this."""
        self._minor = int(python.partition(".")[2]) if python else 0

    def had(self, release: int) -> bool:
        """Tell whether it had what a release of Python 3 has no more."""
        return self._minor < release

    def stand_in(self, name: str) -> Callable[[ModuleType], None] | None:
        """Return what fills the stand-in of a module that it had."""
        release, fill = STAND_INS.get(name, (0, None))
        return fill if self.had(release) else None

    def names(self, module: str) -> dict[str, Any]:
        """Return the names that a module had, each with what does the same today."""
        every = NAMES.get(module, {})
        return {name: does for name, (release, does) in every.items() if self.had(release)}

    def take_old_arguments(self, module: Any, note: Callable[[str, str], None]) -> None:
        """Let functions of a module take the arguments that they took once."""
        for name, (release, gone) in ARGUMENTS[module.__name__].items():
            if self.had(release):
                setattr(module, name, _taking(module.__name__, getattr(module, name), gone, note))

    def keep_a_loop(self, module: Any, note: Callable[[str, str], None]) -> None:
        """Let `asyncio.get_event_loop` make a loop where there is none."""
        plain = module.get_event_loop

        def get_event_loop() -> Any:
            try:
                return plain()
            except RuntimeError:
                note("standIn", "asyncio.get_event_loop")
                loop = module.new_event_loop()
                module.set_event_loop(loop)
                return loop

        if self.had(14):
            module.get_event_loop = get_event_loop


def find(does: Any) -> Any:
    """Return what does today what a name did; raise KeyError where there is nothing."""
    if does is None:
        raise KeyError
    if not isinstance(does, str):
        return does
    place, _, attribute = does.partition(":")
    home = importlib.import_module(place)
    return getattr(home, attribute) if attribute else home


def _taking(
    module: str, plain: Any, gone: Mapping[str, int | None], note: Callable[[str, str], None]
) -> Callable[..., Any]:
    @functools.wraps(plain)
    def call(*args: Any, **kwargs: Any) -> Any:
        given = list(args)
        for argument in gone.keys() & kwargs.keys():
            note("standIn", f"{module}.{plain.__name__}({argument}=)")
            value, at = kwargs.pop(argument), gone[argument]
            if at is not None:
                given.insert(at, value)
        return plain(*given, **kwargs)

    return call
