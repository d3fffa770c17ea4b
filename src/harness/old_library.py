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


STAND_INS: Mapping[str, Callable[[ModuleType], None]] = {
    "cgi": _fill_cgi,
    "distutils": _fill_nothing,
    "distutils.util": _fill_util,
    "distutils.version": _fill_version,
    "imp": old_imports.fill,
    "pipes": _fill_pipes,
    "xml.etree.cElementTree": _fill_element_tree,
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

# By the module, each name with what does the same today (`module:name`, or a function of ours), or None.
NAMES: Mapping[str, Mapping[str, Any]] = {
    "ast": dict.fromkeys(("Bytes", "Ellipsis", "NameConstant", "Num", "Str")),
    "asyncio": {"coroutine": "types:coroutine", **dict.fromkeys(("get_child_watcher", "set_child_watcher"))},
    "base64": {"decodestring": "base64:decodebytes", "encodestring": "base64:encodebytes"},
    "collections": {name: f"collections.abc:{name}" for name in ABSTRACT.split()},
    "configparser": {"SafeConfigParser": "configparser:ConfigParser"},
    "fractions": {"gcd": "math:gcd"},
    "importlib": {"find_loader": _find_loader},
    "importlib.abc": {
        "Finder": "importlib.abc:MetaPathFinder",
        **{
            name: f"importlib.resources.abc:{name}"
            for name in ("ResourceReader", "Traversable", "TraversableResources")
        },
    },
    "importlib.util": dict.fromkeys(("module_for_loader", "set_loader", "set_package")),
    "inspect": {"getargspec": _getargspec, **dict.fromkeys(("formatargspec", "getmoduleinfo"))},
    "locale": {"format": "locale:format_string", "resetlocale": None},
    "os": {"errno": "errno:"},
    "pkgutil": {
        "find_loader": _find_loader,
        "get_loader": _find_loader,
        **dict.fromkeys(("ImpImporter", "ImpLoader")),
    },
    "platform": dict.fromkeys(("dist", "linux_distribution", "popen")),
    "ssl": dict.fromkeys(("RAND_pseudo_bytes", "match_hostname", "wrap_socket")),
    "sys": {
        "getcheckinterval": None,
        "setcheckinterval": _set_check_interval,
        **dict.fromkeys(("callstats", "get_coroutine_wrapper", "set_coroutine_wrapper")),
    },
    "time": {"clock": "time:process_time"},
    "typing": dict.fromkeys(("io", "re")),
    "unittest": dict.fromkeys(("_TextTestResult", "findTestCases", "makeSuite")),
}

# Arguments that are no more, by the module and its functions: what each stands for today, None for nothing.
ARGUMENTS: Mapping[str, Mapping[str, Mapping[str, int | None]]] = {
    "json": {name: {"encoding": None} for name in ("load", "loads")},
    "traceback": {
        name: {"etype": 0} for name in ("format_exception", "format_exception_only", "print_exception")
    },
}


def give_name(module: str, name: str) -> Any:
    """Return what does today what a name of the module did; raise KeyError where there is nothing."""
    does = NAMES[module].get(name)
    if does is None:
        raise KeyError(name)
    if not isinstance(does, str):
        return does
    place, _, attribute = does.partition(":")
    home = importlib.import_module(place)
    return getattr(home, attribute) if attribute else home


def take_old_arguments(module: Any, note: Callable[[str, str], None]) -> None:
    """Let functions of a module take the arguments that they took once."""
    for name, gone in ARGUMENTS[module.__name__].items():
        setattr(module, name, _taking(module.__name__, getattr(module, name), gone, note))


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
