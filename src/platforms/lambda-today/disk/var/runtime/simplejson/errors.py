# SPDX-License-Identifier: Apache-2.0
"""The error that a text is raised for which is no JSON."""


class JSONDecodeError(ValueError):
    """Where and why a text could not be read: `msg`, `doc`, `pos`, `end`, and lines and columns of these."""

    def __init__(self, msg: str, doc: str, pos: int, end: int | None = None) -> None:
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.end = end
        self.lineno, self.colno = place_of(doc, pos)
        self.endlineno, self.endcolno = (None, None) if end is None else place_of(doc, end)
        where = f"line {self.lineno} column {self.colno}"
        if end is None:
            text = f"{msg}: {where} (char {pos})"
        else:
            text = f"{msg}: {where} - line {self.endlineno} column {self.endcolno} (char {pos} - {end})"
        super().__init__(text)

    def __reduce__(self) -> tuple[type["JSONDecodeError"], tuple[str, str, int, int | None]]:
        return type(self), (self.msg, self.doc, self.pos, self.end)


def place_of(text: str, at: int) -> tuple[int, int]:
    """Return the line and the column of a character, both counted from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
