# SPDX-License-Identifier: Apache-2.0
"""Reading JSON: Python's own reader is quick; what it refuses, `Reader` looks at again for the reason."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn

from simplejson.errors import JSONDecodeError

# Deeper ones would burst the stack of a reader that is written in C.
DEPTH_LIMIT = 900

SPACE = re.compile(r"[ \t\n\r]*")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
PLAIN_TEXT = re.compile(r'[^"\\\x00-\x1f]*')
BYTE_ORDER_MARK = "\ufeff"
HEX_DIGITS = re.compile(r"[0-9a-fA-F]{4}")


class BareWordError(ValueError):
    """NaN or Infinity stands in the text, which JSON has no word for."""


def refuse_bare_word(word: str) -> NoReturn:
    """Stop reading at NaN, Infinity or -Infinity."""
    raise BareWordError(word)


class JSONDecoder:
    """Reads JSON, in the way that its options say."""

    def __init__(
        self,
        encoding: str | None = None,
        object_hook: Callable[[dict[str, Any]], Any] | None = None,
        parse_float: Callable[[str], Any] | None = None,
        parse_int: Callable[[str], Any] | None = None,
        parse_constant: Callable[[str], Any] | None = None,
        strict: bool = True,
        object_pairs_hook: Callable[[list[tuple[str, Any]]], Any] | None = None,
        allow_nan: bool = False,
        use_decimal: bool = False,
    ) -> None:
        self._encoding = encoding or "utf-8"
        # Python's own reader, which is C, without what lies around it: a handler may replace that.
        decoder = json.JSONDecoder(
            object_hook=object_hook,
            parse_float=Decimal if use_decimal else parse_float,
            parse_int=parse_int,
            parse_constant=parse_constant or (None if allow_nan else refuse_bare_word),
            strict=strict,
            object_pairs_hook=object_pairs_hook,
        )
        self._scan: Callable[[str, int], tuple[Any, int]] = vars(decoder)["scan_once"]

    def decode(self, s: str | bytes) -> Any:
        """Return what a text stands for; raise JSONDecodeError where it is no JSON."""
        text = s.decode(self._encoding) if isinstance(s, bytes) else s
        refuse_depth(text)
        try:
            start = end_of_space(text, int(text.startswith(BYTE_ORDER_MARK)))
            value, end = self._scan(text, start)
        except (StopIteration, json.JSONDecodeError, BareWordError):
            Reader(text).read_all()
            raise
        if end_of_space(text, end) < len(text):
            Reader(text).read_all()
        return value

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        """Return what a text begins with from a place on, and where that ends."""
        try:
            return self._scan(s, end_of_space(s, idx))
        except (StopIteration, json.JSONDecodeError, BareWordError):
            Reader(s, idx).read_one()
            raise


def end_of_space(text: str, at: int) -> int:
    """Return where the blanks end that begin at a place."""
    match = SPACE.match(text, at)
    return match.end() if match else at


def refuse_depth(text: str) -> None:
    """Stop ahead of text that is nested deeper than the reader can go."""
    if text.count("[") + text.count("{") <= DEPTH_LIMIT:
        return
    depth = 0
    for bracket in re.findall(r"[\[{\]}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEPTH_LIMIT:
            kind = "object" if bracket == "{" else "array"
            message = f"maximum recursion depth exceeded while decoding a JSON {kind} from a unicode string"
            raise RecursionError(message)


class Reader:
    """Reads JSON slowly, and says where and why it cannot go on, in the words of version 3.20.2 [M]."""

    def __init__(self, text: str, at: int = 0) -> None:
        self._text = text
        self._at = at

    def read_all(self) -> None:
        """Read one value and the end of the text. A mark at the front is passed over, and counted."""
        self._take(BYTE_ORDER_MARK)
        self.read_one()
        self._skip_space()
        if self._at < len(self._text):
            raise JSONDecodeError("Extra data", self._text, self._at, len(self._text))

    def read_one(self) -> None:
        """Read one value, blanks before it included."""
        self._skip_space()
        self._read_value("Expecting value")

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
        backslash = self._at - 1
        character = self._text[self._at]
        self._at += 1
        if character == "u":
            if not HEX_DIGITS.match(self._text, self._at):
                self._fail("Invalid \\uXXXX escape sequence", backslash + 1)
            self._at += 4
        elif character not in '"\\/bfnrt':
            # The backslash itself is named, and pointed at [M].
            self._fail("Invalid \\X escape sequence '\\\\'", backslash)

    def _is_at_end(self) -> bool:
        return self._at >= len(self._text)

    def _take(self, character: str) -> bool:
        if not self._text.startswith(character, self._at):
            return False
        self._at += 1
        return True

    def _skip_space(self) -> None:
        self._at = end_of_space(self._text, self._at)

    def _fail(self, why: str, at: int) -> NoReturn:
        raise JSONDecodeError(why, self._text, at)
