# SPDX-License-Identifier: Apache-2.0
"""JSON as the package `simplejson` reads and writes it, which the original depends on [M].

It differs from Python's own `json` where a handler can tell: named tuples become objects, decimals
keep their digits, bytes are read as UTF-8, and NaN is written but not read.
"""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, NoReturn, cast

INFINITY = float("inf")

# Deeper ones would burst the stack of a reader that is written in C.
DEPTH_LIMIT = 900

# Inferred: as deep as Python 3.12's own writer in C goes, for the original counts in the same way.
WRITING_DEPTH_LIMIT = 1497

# The flag of a class that was made by a `class` statement; those without it lie in C code.
HEAP_TYPE = 1 << 9

# ---- Writing ----------------------------------------------------------------------------------


def to_json_text(value: Any, escape_text: bool) -> str:
    """Return `value` as JSON, with one space behind each comma and colon."""
    return "".join(Writer(encode_basestring_ascii if escape_text else encode_basestring).write(value))


class Inner:
    """A value inside a container, when it is the turn of it: it may hold others, as deep as it likes."""

    def __init__(self, value: Any) -> None:
        self.value = value


class Writer:
    """Writes one value; remembers the containers that are open, to notice one inside itself."""

    def __init__(self, quote: Callable[[str], str]) -> None:
        self._quote = quote
        self._open: set[int] = set()

    def write(self, value: Any) -> Iterator[str]:
        """Yield the pieces of the text.

        What is nested stands on a list and not on Python's stack: the original, whose writer is
        written in C, goes deeper than Python can.
        """
        levels = [self._write_value(value)]
        while levels:
            piece = next(levels[-1], None)
            if piece is None:
                levels.pop()
            elif isinstance(piece, str):
                yield piece
            elif len(levels) == WRITING_DEPTH_LIMIT:
                raise RecursionError("maximum recursion depth exceeded while encoding a JSON object")
            else:
                levels.append(self._write_value(piece.value))

    def _write_value(self, value: Any) -> Iterator[str | Inner]:
        if value is None or isinstance(value, (str, bytes, bool, int, float, Decimal)):
            yield self._write_scalar(value)
            return
        as_dict = self._as_dict(value)
        if as_dict is not None:
            yield from self._guarded(value, self._write_dict(as_dict))
        elif isinstance(value, (list, tuple)):
            items = cast("list[Any]", value)
            yield from self._guarded(items, self._write_list(items))
        elif isinstance(value, dict):
            pairs = cast("dict[Any, Any]", value)
            yield from self._guarded(pairs, self._write_dict(pairs))
        else:
            raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")

    def _write_scalar(self, value: Any) -> str:
        if value is None:
            return "null"
        if value is True or value is False:
            return "true" if value else "false"
        if isinstance(value, bytes):
            return self._quote(value.decode("utf-8"))
        if isinstance(value, str):
            return self._quote(value)
        if isinstance(value, int):
            return int.__repr__(value)
        return str(value) if isinstance(value, Decimal) else float_to_text(value)

    def _as_dict(self, value: Any) -> dict[Any, Any] | None:
        """Return what a named tuple, or another object with `_asdict`, holds; None for others."""
        as_dict = None if isinstance(value, type) else getattr(value, "_asdict", None)
        if not callable(as_dict):
            return None
        fields = as_dict()
        if not isinstance(fields, dict):
            raise TypeError(f"_asdict() must return a dict, not {type(fields).__name__}")
        return cast("dict[Any, Any]", fields)

    def _guarded(self, container: object, pieces: Iterator[str | Inner]) -> Iterator[str | Inner]:
        if id(container) in self._open:
            raise ValueError("Circular reference detected")
        self._open.add(id(container))
        yield from pieces
        self._open.discard(id(container))

    def _write_list(self, items: list[Any]) -> Iterator[str | Inner]:
        separator = "["
        for item in items:
            yield separator
            yield Inner(item)
            separator = ", "
        yield "[]" if separator == "[" else "]"

    def _write_dict(self, items: dict[Any, Any]) -> Iterator[str | Inner]:
        separator = "{"
        for key, item in items.items():
            yield separator
            yield self._write_key(key)
            yield ": "
            yield Inner(item)
            separator = ", "
        yield "{}" if separator == "{" else "}"

    def _write_key(self, key: object) -> str:
        """Return a key as text: numbers, true, false and null may be keys, and are quoted then."""
        if key is not None and not isinstance(key, (str, bytes, int, float, Decimal)):
            raise TypeError(f"keys must be str, int, float, bool or None, not {class_in_c(key)}")
        text = self._write_scalar(key)
        return text if isinstance(key, (str, bytes)) else self._quote(text)


def class_in_c(value: object) -> str:
    """Return the name of a value's class as C code tells it: with its module if it is a class of C."""
    type_ = type(value)
    is_python_class = type_.__flags__ & HEAP_TYPE
    is_plain = is_python_class or type_.__module__ == "builtins"
    return type_.__name__ if is_plain else f"{type_.__module__}.{type_.__qualname__}"


def float_to_text(value: float) -> str:
    """Write a number as Python does; what JSON has no number for goes out as a bare word [M]."""
    if value != value:
        return "NaN"
    if value in (INFINITY, -INFINITY):
        return "Infinity" if value > 0 else "-Infinity"
    return float.__repr__(value)


# ---- Reading ----------------------------------------------------------------------------------

SPACE = re.compile(r"[ \t\n\r]*")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
PLAIN_TEXT = re.compile(r'[^"\\\x00-\x1f]*')
BYTE_ORDER_MARK = "\ufeff"
HEX_DIGITS = re.compile(r"[0-9a-fA-F]{4}")


def from_json(text: str) -> Any:
    """Read JSON. Python's own reader is quick; what it refuses, `Reader` looks at again for the reason."""
    refuse_depth(text)
    try:
        return DECODER.decode(text.removeprefix(BYTE_ORDER_MARK))
    except (json.JSONDecodeError, BareWordError):
        Reader(text).read_all()
        raise


class BareWordError(ValueError):
    """NaN or Infinity stands in the text, which JSON has no word for."""


def refuse_bare_word(word: str) -> NoReturn:
    """Stop reading at NaN, Infinity or -Infinity."""
    raise BareWordError(word)


DECODER = json.JSONDecoder(parse_constant=refuse_bare_word)


def refuse_depth(text: str) -> None:
    """Stop ahead of text that is nested deeper than the reader can go."""
    if text.count("[") + text.count("{") <= DEPTH_LIMIT:
        return
    depth = 0
    for bracket in re.findall(r"[\[{\]}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEPTH_LIMIT:
            kind = "object" if bracket == "{" else "array"
            message = f"maximum recursion depth exceeded while decoding a JSON {kind} from a string"
            raise RecursionError(message)


class Reader:
    """Reads JSON slowly, and says where and why it cannot go on, in `simplejson`'s words [M]."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def read_all(self) -> None:
        """Read one value and the end of the text. A mark at the front is passed over, and counted."""
        self._take(BYTE_ORDER_MARK)
        self._skip_space()
        self._read_value("Expecting value")
        self._skip_space()
        if self._at < len(self._text):
            end = self._place(len(self._text))
            start = self._place(self._at)
            raise ValueError(f"Extra data: {start} - {end} (char {self._at} - {len(self._text)})")

    def _read_value(self, otherwise: str) -> None:
        text, at = self._text, self._at
        if text.startswith('"', at):
            self._read_string()
        elif text.startswith("{", at):
            self._read_object()
        elif text.startswith("[", at):
            self._read_array()
        elif word := next((word for word in ("null", "true", "false") if text.startswith(word, at)), None):
            self._at += len(word)
        elif number := NUMBER.match(text, at):
            self._at = number.end()
        else:
            self._fail(otherwise, at)

    def _read_array(self) -> None:
        self._at += 1
        self._skip_space()
        if self._take("]"):
            return
        self._read_value("Expecting value or ']'" if self._is_at_end() else "Expecting value")
        while self._is_followed("]"):
            self._read_value("Expecting value")

    def _read_object(self) -> None:
        self._at += 1
        self._skip_space()
        if self._take("}"):
            return
        name = "Expecting property name enclosed in double quotes"
        self._read_pair(f"{name} or '}}'" if self._is_at_end() else name)
        while self._is_followed("}"):
            self._read_pair(name)

    def _read_pair(self, otherwise: str) -> None:
        if not self._text.startswith('"', self._at):
            self._fail(otherwise, self._at)
        self._read_string()
        self._skip_space()
        if not self._take(":"):
            self._fail("Expecting ':' delimiter", self._at)
        self._skip_space()
        self._read_value("Expecting value")

    def _is_followed(self, end: str) -> bool:
        """Go on to the next item of a container, or past its end."""
        self._skip_space()
        if self._take(end):
            return False
        if not self._take(","):
            self._fail(f"Expecting ',' delimiter or '{end}'", self._at)
        self._skip_space()
        return True

    def _read_string(self) -> None:
        start = self._at
        self._at += 1
        while True:
            match = PLAIN_TEXT.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._is_at_end():
                self._fail("Unterminated string starting at", start)
            character = self._text[self._at]
            self._at += 1
            if character == '"':
                return
            if character != "\\":
                self._fail(f"Invalid control character {character!r} at", self._at - 1)
            self._read_escape(start)

    def _read_escape(self, start: int) -> None:
        if self._is_at_end():
            self._fail("Unterminated string starting at", start)
        character = self._text[self._at]
        self._at += 1
        if character == "u":
            if not HEX_DIGITS.match(self._text, self._at):
                self._fail("Invalid \\uXXXX escape sequence", self._at - 2)
            self._at += 4
        elif character not in '"\\/bfnrt':
            self._fail(f"Invalid \\X escape sequence {character!r}", self._at - 1)

    def _is_at_end(self) -> bool:
        return self._at >= len(self._text)

    def _take(self, character: str) -> bool:
        if not self._text.startswith(character, self._at):
            return False
        self._at += 1
        return True

    def _skip_space(self) -> None:
        match = SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _fail(self, why: str, at: int) -> NoReturn:
        raise ValueError(f"{why}: {self._place(at)} (char {at})")

    def _place(self, at: int) -> str:
        line = self._text.count("\n", 0, at) + 1
        column = at - self._text.rfind("\n", 0, at)
        return f"line {line} column {column}"
