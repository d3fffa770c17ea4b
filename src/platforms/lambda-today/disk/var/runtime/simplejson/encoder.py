# SPDX-License-Identifier: Apache-2.0
"""Writing JSON."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, cast

INFINITY = float("inf")

# Inferred: as deep as Python 3.12's own writer in C goes, for the original counts in the same way.
DEPTH_LIMIT = 1497

# Flags of a class: that it is an object of its own on the heap, and that nobody may change it.
HEAP_TYPE = 1 << 9
IMMUTABLE_TYPE = 1 << 8

# Integers beyond are not exact in JavaScript.
BIG_INTEGER = 1 << 53


class Inner:
    """A value inside a container, when it is the turn of it: it may hold others, as deep as it likes."""

    def __init__(self, value: Any) -> None:
        self.value = value


class JSONEncoder:
    """Writes values as JSON, in the way that its options say."""

    def __init__(
        self,
        skipkeys: bool = False,
        ensure_ascii: bool = True,
        check_circular: bool = True,
        allow_nan: bool = False,
        sort_keys: bool = False,
        indent: int | str | None = None,
        separators: tuple[str, str] | None = None,
        encoding: str | None = "utf-8",
        default: Callable[[Any], Any] | None = None,
        use_decimal: bool = True,
        namedtuple_as_object: bool = True,
        tuple_as_array: bool = True,
        bigint_as_string: bool = False,
        item_sort_key: Callable[[Any], Any] | None = None,
        for_json: bool = False,
        ignore_nan: bool = False,
        iterable_as_array: bool = False,
    ) -> None:
        self.skipkeys = skipkeys
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = " " * indent if isinstance(indent, int) else indent
        usual = (", " if indent is None else ",", ": ")
        self.item_separator, self.key_separator = separators or usual
        self.encoding = encoding
        if default is not None:
            setattr(self, "default", default)  # noqa: B010 - a function in the place of a method
        self.use_decimal = use_decimal
        self.namedtuple_as_object = namedtuple_as_object
        self.tuple_as_array = tuple_as_array
        self.bigint_as_string = bigint_as_string
        self.item_sort_key = item_sort_key
        self.for_json = for_json
        self.ignore_nan = ignore_nan
        self.iterable_as_array = iterable_as_array
        self._quote = encode_basestring_ascii if ensure_ascii else encode_basestring

    def default(self, o: Any) -> Any:
        """Return something in place of a value that JSON has no form for: a subclass may know what."""
        raise TypeError(f"Object of type {type(o).__name__} is not JSON serializable")

    def encode(self, o: Any) -> str:
        """Return a value as JSON."""
        return "".join(self.iterencode(o))

    def iterencode(self, o: Any) -> Iterator[str]:
        """Yield the pieces of the text.

        What is nested stands on a list and not on Python's stack: the original, whose writer is
        written in C, goes deeper than Python can.
        """
        opened: set[int] = set()
        levels = [self._write(o, 0, opened)]
        while levels:
            piece = next(levels[-1], None)
            if piece is None:
                levels.pop()
            elif isinstance(piece, str):
                yield piece
            elif len(levels) == DEPTH_LIMIT:
                raise RecursionError("maximum recursion depth exceeded while encoding a JSON object")
            else:
                levels.append(self._write(piece.value, len(levels), opened))

    def _write(self, value: Any, depth: int, opened: set[int]) -> Iterator[str | Inner]:
        if self._is_scalar(value):
            yield self._write_scalar(value)
            return
        if self.for_json and callable(own := attribute_of(value, "for_json")):
            yield Inner(own())
        elif self.namedtuple_as_object and callable(as_dict := attribute_of(value, "_asdict")):
            # A call of Python's where the stack of C has an end already is what fails first [M].
            if depth >= DEPTH_LIMIT - 1:
                raise RecursionError("maximum recursion depth exceeded")
            # The dictionary is made anew each time: an object that holds itself is no circle here [M].
            fields = as_dict()
            if not isinstance(fields, dict):
                raise TypeError(f"_asdict() must return a dict, not {type(fields).__name__}")
            held = cast("dict[Any, Any]", fields)
            yield from self._guarded(held, self._write_dict(held, depth), opened)
        elif isinstance(value, list) or (self.tuple_as_array and isinstance(value, tuple)):
            items = cast("list[Any]", value)
            yield from self._guarded(items, self._write_items(items, depth), opened)
        elif isinstance(value, dict):
            pairs = cast("dict[Any, Any]", value)
            yield from self._guarded(pairs, self._write_dict(pairs, depth), opened)
        elif self.iterable_as_array and hasattr(value, "__iter__"):
            items = cast("Iterable[Any]", value)
            yield from self._guarded(items, self._write_items(items, depth), opened)
        else:
            yield from self._guarded(value, iter([Inner(self.default(value))]), opened)

    def _is_scalar(self, value: Any) -> bool:
        return (
            value is None
            or isinstance(value, (str, int, float))
            or (isinstance(value, bytes) and self.encoding is not None)
            or (isinstance(value, Decimal) and self.use_decimal)
        )

    def _write_scalar(self, value: Any) -> str:
        if value is None:
            return "null"
        if value is True or value is False:
            return "true" if value else "false"
        if isinstance(value, bytes):
            return self._quote(value.decode(self.encoding or "utf-8"))
        if isinstance(value, str):
            return self._quote(value)
        if isinstance(value, int):
            text = int.__repr__(value)
            return f'"{text}"' if self.bigint_as_string and not -BIG_INTEGER < value < BIG_INTEGER else text
        if isinstance(value, Decimal):
            # Whatever kind of no number it is, and whatever it carries [M].
            return "NaN" if value.is_nan() else str(value)
        return self._write_float(value)

    def _write_float(self, value: float) -> str:
        """Write a number as Python does; what JSON has none for goes out as a bare word, if that may be."""
        if value == value and value not in (INFINITY, -INFINITY):
            return float.__repr__(value)
        if self.ignore_nan:
            return "null"
        if not self.allow_nan:
            raise ValueError(f"Out of range float values are not JSON compliant: {value!r}")
        if value != value:
            return "NaN"
        return "Infinity" if value > 0 else "-Infinity"

    def _guarded(
        self, container: object, pieces: Iterator[str | Inner], opened: set[int]
    ) -> Iterator[str | Inner]:
        if not self.check_circular:
            yield from pieces
            return
        if id(container) in opened:
            raise ValueError("Circular reference detected")
        opened.add(id(container))
        yield from pieces
        opened.discard(id(container))

    def _new_line(self, depth: int) -> str:
        return "" if self.indent is None else "\n" + self.indent * depth

    def _write_items(self, items: Iterable[Any], depth: int) -> Iterator[str | Inner]:
        separator = "[" + self._new_line(depth + 1)
        is_empty = True
        for item in items:
            yield separator
            yield Inner(item)
            is_empty = False
            separator = self.item_separator + self._new_line(depth + 1)
        yield "[]" if is_empty else self._new_line(depth) + "]"

    def _write_dict(self, pairs: dict[Any, Any], depth: int) -> Iterator[str | Inner]:
        separator = "{" + self._new_line(depth + 1)
        is_empty = True
        for key, item in self._sorted(pairs):
            name = self._write_key(key)
            if name is None:
                continue
            yield separator
            yield name
            yield self.key_separator
            yield Inner(item)
            is_empty = False
            separator = self.item_separator + self._new_line(depth + 1)
        yield "{}" if is_empty else self._new_line(depth) + "}"

    def _sorted(self, pairs: dict[Any, Any]) -> Iterable[tuple[Any, Any]]:
        if self.item_sort_key is not None:
            return sorted(pairs.items(), key=self.item_sort_key)
        return sorted(pairs.items(), key=lambda pair: pair[0]) if self.sort_keys else pairs.items()

    def _write_key(self, key: object) -> str | None:
        """Return a key as text, None to leave it out; numbers, true, false and null are quoted then."""
        if key is None or isinstance(key, (str, bytes, int, float)):
            text = self._write_scalar(key)
            return text if isinstance(key, (str, bytes)) else self._quote(text)
        if self.skipkeys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {class_in_c(key)}")


def attribute_of(value: object, name: str) -> object:
    """Return an attribute of an object that is no class; whatever asking for it raises, there is none [M]."""
    try:
        return None if isinstance(value, type) else getattr(value, name, None)
    except BaseException:
        return None


def class_in_c(value: object) -> str:
    """Return the name of a value's class as C code tells it: with its module if it is a class of C."""
    type_ = type(value)
    is_python_class = type_.__flags__ & HEAP_TYPE and not type_.__flags__ & IMMUTABLE_TYPE
    is_plain = is_python_class or type_.__module__ == "builtins"
    return type_.__name__ if is_plain else f"{type_.__module__}.{type_.__qualname__}"
