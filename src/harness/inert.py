"""Looking at a value without waking it.

A class of the reader's may answer for nearly everything: `isinstance` asks `__class__`, `in` asks
`__eq__` and `__hash__`, even a class's name may be a property of its metaclass. Here everything is
asked of Python's own descriptors, past all of that.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable, Mapping
from types import FrameType, FunctionType, MethodType, ModuleType
from typing import Any, TypeGuard

_TYPE: Mapping[str, Any] = vars(type)
_MODULE: Mapping[str, Any] = vars(ModuleType)
_ERROR: Mapping[str, Any] = vars(BaseException)

# A dictionary until Python 3.12, a view of the frame from 3.13 on.
_FUNCTION_LOCALS = (lambda: type(sys._getframe().f_locals))()  # pyright: ignore[reportPrivateUsage]

_BUILTIN_ERRORS = [
    kind for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, BaseException)
]

# What `str` of an exception reads besides its arguments.
_PRINTED: Mapping[type[BaseException], tuple[str, ...]] = {
    OSError: ("errno", "strerror", "filename", "filename2"),
    ImportError: ("msg",),
    SyntaxError: ("msg", "filename", "lineno"),
    UnicodeDecodeError: ("encoding", "object", "reason"),
    UnicodeEncodeError: ("encoding", "object", "reason"),
    UnicodeTranslateError: ("object", "reason"),
}


def is_text(value: object) -> TypeGuard[str]:
    """Tell whether `value` is a `str`, and not of a class that was made from it."""
    return type(value) is str


def class_name(kind: type) -> str:
    """Return the name of a class, without its module."""
    return str.__str__(_TYPE["__name__"].__get__(kind))


def full_class_name(kind: type) -> str:
    """Return the name of a class with its module, as far as that is plain text."""
    name = str.__str__(_TYPE["__qualname__"].__get__(kind))
    try:
        module = _TYPE["__module__"].__get__(kind)
    except AttributeError:  # it was deleted
        module = None
    return f"{module}.{name}" if is_text(module) else name


def module_name(module: ModuleType) -> str:
    """Return what the module's own dictionary says its name is."""
    names: dict[str, object] = _MODULE["__dict__"].__get__(module)
    name = names.get("__name__")
    return name if is_text(name) else "?"


def method_name(method: MethodType) -> str | None:
    """Return the name of the method's function, None when what is bound is some other callable."""
    function = method.__func__
    return str.__str__(function.__qualname__) if type(function) is FunctionType else None


def file_of(frame: FrameType) -> str | None:
    """Return where the module of the frame's code says that it lies."""
    # Globals may be of a class made from `dict`, too.
    file = dict[str, object].get(frame.f_globals, "__file__")
    return file if is_text(file) else None


def names_of(frame: FrameType) -> list[tuple[str, object]]:
    """Return the frame's locals as they are now; none where they are kept in a mapping of the reader's.

    That is a class body whose metaclass has a `__prepare__`. Anything may be a key in a module's.
    """
    names: Any = frame.f_locals
    items: Iterable[tuple[object, object]]
    if issubclass(type(names), dict):
        items = dict[object, object].items(names)
    elif type(names) is _FUNCTION_LOCALS:
        items = names.items()
    else:
        return []
    return [(name, value) for name, value in list(items) if type(name) is str]


def arguments(error: BaseException) -> tuple[Any, ...]:
    """Return what the exception was made with."""
    return _ERROR["args"].__get__(error)


def printed_attributes(error: BaseException) -> list[object] | None:
    """Return what `str(error)` reads, None when a `__str__` that is not Python's would run."""
    home = _home_of_str(type(error))
    for kind in _BUILTIN_ERRORS:
        if kind is home:
            printed = (vars(kind)[name] for name in _PRINTED.get(kind, ()))
            return [*arguments(error), *(attribute.__get__(error) for attribute in printed)]
    return None


def _home_of_str(kind: type) -> type:
    """Return the class that `kind` has its `__str__` from."""
    for base in _TYPE["__mro__"].__get__(kind):
        own: Mapping[str, object] = _TYPE["__dict__"].__get__(base)
        if "__str__" in own:
            return base
    return object
