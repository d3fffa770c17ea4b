"""What would a person read of this value?

The recorder describes locals at every line, so this must be quick, must not run code of the
reader's (no `__repr__` of theirs, no properties) and must not grow with the value: long ones are
cut and say how much there was.
"""

from __future__ import annotations

from itertools import islice
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from harness import inert

TEXT_LIMIT = 160
ITEM_LIMIT = 8
DEPTH_LIMIT = 3
# Characters of items after which a collection shows no more of them: eight long texts at each of three levels
# would come to a hundred thousand.
ITEMS_TEXT_LIMIT = 320
# Beyond this, int → str costs time that grows with the square (CPython itself refuses at 4,300 digits).
INT_BITS_LIMIT = 1024


def describe(value: object, depth: int = DEPTH_LIMIT) -> str:
    """Return a few hundred characters, never two thousand, that tell a person what `value` is."""
    # Compared by `is` throughout: a set or a dictionary of classes would ask the reader's metaclass.
    kind = type(value)
    if kind is str and len(value) <= TEXT_LIMIT:  # type: ignore[arg-type]
        return repr(value)
    if kind is int:
        return _describe_int(value)  # type: ignore[arg-type]
    if value is None or kind is bool or kind is float or kind is complex:
        return repr(value)
    if kind is str or kind is bytes:
        return _describe_text(value)  # type: ignore[arg-type]
    if kind is list or kind is tuple or kind is set or kind is frozenset:
        return _describe_items(value, depth)  # type: ignore[arg-type]
    if kind is dict:
        return _describe_dict(value, depth)  # type: ignore[arg-type]
    return _describe_other(value)


def describe_error(error: BaseException) -> str:
    """Return `Type: message`, without calling a `__str__` that the reader wrote."""
    printed = inert.printed_attributes(error)
    if printed is not None and all(map(_is_short, printed)):
        message = _cut(str(error))
    else:
        message = describe(inert.arguments(error))
    name = inert.class_name(type(error))
    return f"{name}: {message}" if message else name


_BRACKETS = {list: "[]", tuple: "()", set: "{}", frozenset: "{}"}


def _is_short(value: object) -> bool:
    """Tell whether `str` of it is quick and runs nothing of the reader's."""
    kind = type(value)
    if kind is int:
        return value.bit_length() <= INT_BITS_LIMIT  # type: ignore[attr-defined]
    return value is None or kind is str or kind is bytes or kind is float or kind is bool


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
    shown = [describe(item, depth - 1) for item in islice(value, ITEM_LIMIT)]
    if isinstance(value, (set, frozenset)):
        # A set has no order that stays the same from run to run.
        shown.sort()
    comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
    text = f"{opening}{_join(shown, len(value))}{comma}{closing}"
    return f"frozenset({text})" if isinstance(value, frozenset) else text


def _describe_dict(value: dict[Any, Any], depth: int) -> str:
    if not value:
        return "{}"
    if depth == 0:
        return f"{{…}} ({len(value):,} items)"
    first = islice(value.items(), ITEM_LIMIT)
    shown = [f"{describe(key, depth - 1)}: {describe(item, depth - 1)}" for key, item in first]
    return f"{{{_join(shown, len(value))}}}"


def _join(shown: list[str], count: int) -> str:
    """Join what fits, and say how many of all `count` items are not shown."""
    if len(shown) == count and sum(map(len, shown)) <= ITEMS_TEXT_LIMIT:
        return ", ".join(shown)
    fitting: list[str] = []
    left = ITEMS_TEXT_LIMIT
    for text in shown:
        if left <= 0:
            break
        fitting.append(text)
        left -= len(text)
    rest = count - len(fitting)
    return ", ".join(fitting) + (f", … {rest:,} more" if rest else "")


def _describe_other(value: object) -> str:
    kind = type(value)
    if kind is FunctionType or kind is BuiltinFunctionType:
        return f"<function {value.__name__}>"  # type: ignore[attr-defined]
    if issubclass(kind, BaseException):
        return describe_error(value)  # type: ignore[arg-type]
    if issubclass(kind, type):
        return f"<class {inert.full_class_name(value)}>"  # type: ignore[arg-type]
    if issubclass(kind, ModuleType):
        return f"<module {inert.module_name(value)}>"  # type: ignore[arg-type]
    if kind is MethodType:
        name = inert.method_name(value)  # type: ignore[arg-type]
        return "<method>" if name is None else f"<method {name}>"
    return f"<{inert.full_class_name(kind)} object>"


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else f"{text[:TEXT_LIMIT]}… ({len(text):,} characters)"
