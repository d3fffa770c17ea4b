"""What would a person read of this value?

The recorder describes locals at every line, so this must be quick, must not run code of the
reader's (no `__repr__` of theirs, no properties) and must not grow with the value: long ones are
cut and say how much there was.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

TEXT_LIMIT = 160
ITEM_LIMIT = 8
DEPTH_LIMIT = 3
# Beyond this, int → str costs time that grows with the square (CPython itself refuses at 4,300 digits).
INT_BITS_LIMIT = 1024


def describe(value: object, depth: int = DEPTH_LIMIT) -> str:
    """Return at most a few hundred characters that tell a person what `value` is."""
    kind = type(value)
    if value is None or kind is bool or kind is float or kind is complex:
        return repr(value)
    if kind is int:
        return _describe_int(value)  # type: ignore[arg-type]
    if kind is str or kind is bytes:
        return _describe_text(value)  # type: ignore[arg-type]
    if kind in _BRACKETS:
        return _describe_items(value, depth)  # type: ignore[arg-type]
    if kind is dict:
        return _describe_dict(value, depth)  # type: ignore[arg-type]
    return _describe_other(value)


def describe_error(error: BaseException) -> str:
    """Return `Type: message`, without calling a `__str__` that the reader wrote."""
    kind = type(error)
    if kind.__str__ in _SAFE_STR:
        try:
            message = str(error) if all(type(a) in _PLAIN for a in error.args) else describe(error.args)
        except Exception:  # a message too large or too odd to show: the type's name still tells
            message = ""
    else:
        message = describe(error.args)
    name = kind.__name__
    return f"{name}: {_cut(message)}" if message else name


_BRACKETS = {list: "[]", tuple: "()", set: "{}", frozenset: "{}"}
_PLAIN = {str, bytes, int, float, bool, type(None)}
_SAFE_STR = {BaseException.__str__, OSError.__str__, KeyError.__str__, ImportError.__str__, SyntaxError.__str__}


def _describe_int(value: int) -> str:
    bits = value.bit_length()
    return repr(value) if bits <= INT_BITS_LIMIT else f"<int of {bits:,} bits>"


def _describe_text(value: str | bytes) -> str:
    if len(value) <= TEXT_LIMIT:
        return repr(value)
    unit = "characters" if isinstance(value, str) else "bytes"
    return f"{value[:TEXT_LIMIT]!r}… ({len(value):,} {unit})"


def _describe_items(value: list[Any] | tuple[Any, ...] | set[Any] | frozenset[Any], depth: int) -> str:
    opening, closing = _BRACKETS[type(value)]
    if not value:
        return repr(value)
    if depth == 0:
        return f"{opening}…{closing} ({len(value):,} items)"
    # A set has no order that stays the same from run to run.
    shown = sorted(_first(value, depth)) if isinstance(value, (set, frozenset)) else list(_first(value, depth))
    comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
    text = f"{opening}{', '.join(shown)}{comma}{_rest(len(value))}{closing}"
    return f"frozenset({text})" if isinstance(value, frozenset) else text


def _first(items: Iterable[Any], depth: int) -> Iterable[str]:
    for index, item in enumerate(items):
        if index == ITEM_LIMIT:
            return
        yield describe(item, depth - 1)


def _describe_dict(value: dict[Any, Any], depth: int) -> str:
    if not value:
        return "{}"
    if depth == 0:
        return f"{{…}} ({len(value):,} items)"
    shown: list[str] = []
    for key, item in value.items():
        if len(shown) == ITEM_LIMIT:
            break
        shown.append(f"{describe(key, depth - 1)}: {describe(item, depth - 1)}")
    return f"{{{', '.join(shown)}{_rest(len(value))}}}"


def _rest(count: int) -> str:
    return f", … {count - ITEM_LIMIT:,} more" if count > ITEM_LIMIT else ""


def _describe_other(value: object) -> str:
    if isinstance(value, BaseException):
        return describe_error(value)
    if isinstance(value, type):
        return f"<class {value.__module__}.{value.__qualname__}>"
    if isinstance(value, ModuleType):
        return f"<module {value.__name__}>"
    if isinstance(value, (FunctionType, BuiltinFunctionType)):
        return f"<function {value.__name__}>"
    if isinstance(value, MethodType):
        return f"<method {value.__func__.__qualname__}>"
    kind = type(value)
    return f"<{kind.__module__}.{kind.__qualname__} object>"


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else f"{text[:TEXT_LIMIT]}… ({len(text):,} characters)"
