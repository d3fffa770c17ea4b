"""The locales of a platform's disk: `setlocale` knows these, and refuses every other name.

The C library that Python is built with for a browser accepts any name, and has the conventions of "C" for
all. What it says itself (`strftime`, the format `n`) stays so; `localeconv` answers for the locale that was
chosen.
"""

from __future__ import annotations

import _locale
import operator
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

# In the order in which the C library of Linux names them; the first six are Python's, too.
CATEGORIES: tuple[str, ...] = (
    "LC_CTYPE",
    "LC_NUMERIC",
    "LC_TIME",
    "LC_COLLATE",
    "LC_MONETARY",
    "LC_MESSAGES",
    "LC_PAPER",
    "LC_NAME",
    "LC_ADDRESS",
    "LC_TELEPHONE",
    "LC_MEASUREMENT",
    "LC_IDENTIFICATION",
)
PYTHON_CATEGORIES = CATEGORIES[:6]
ALL = 6
Error: type[Exception] = vars(_locale)["Error"]
# What every disk has.
PLAIN = ("C", "POSIX", "C.UTF-8")

# What the locale en_US says of numbers and of money.
NUMBERS: dict[str, Any] = {"decimal_point": ".", "thousands_sep": ",", "grouping": [3, 3, 0]}
MONEY: dict[str, Any] = {
    "int_curr_symbol": "USD ",
    "currency_symbol": "$",
    "mon_decimal_point": ".",
    "mon_thousands_sep": ",",
    "mon_grouping": [3, 3, 0],
    "positive_sign": "",
    "negative_sign": "-",
    "int_frac_digits": 2,
    "frac_digits": 2,
    "p_cs_precedes": 1,
    "p_sep_by_space": 0,
    "n_cs_precedes": 1,
    "n_sep_by_space": 0,
    "p_sign_posn": 1,
    "n_sign_posn": 1,
}


class Locales:
    """What is chosen for each category, of the locales that there are."""

    def __init__(self, names: Iterable[str], variables: Mapping[str, str]) -> None:
        """`names` are those of the disk beside the plain ones; `variables` is the process's environment."""
        self._known = {_normal(name) for name in (*PLAIN, *names)}
        self._variables = variables
        self._plain = _locale.localeconv
        self._chosen: dict[str, str] = dict.fromkeys(CATEGORIES, "C")
        # As Python does when it starts: where the variables ask for nothing that there is, it takes UTF-8.
        asked = self._asked_for("LC_CTYPE")
        self._chosen["LC_CTYPE"] = asked if self._is_known(asked) and asked not in PLAIN[:2] else "C.UTF-8"

    def setlocale(self, category: int, locale: str | None = None, /) -> str:
        """Choose a locale for a category, or for all; return what is chosen then."""
        category = operator.index(category)
        if not 0 <= category <= ALL:
            raise Error("locale query failed" if locale is None else "unsupported locale setting")
        names = CATEGORIES if category == ALL else [PYTHON_CATEGORIES[category]]
        if locale is None:
            return self._tell(names)
        if "\0" in locale:
            raise ValueError("embedded null character")
        wanted = self._read(names, locale)
        if not all(map(self._is_known, wanted.values())):
            raise Error("unsupported locale setting")
        self._chosen.update(wanted)
        return self._tell(names)

    def localeconv(self) -> dict[str, Any]:
        """Return how numbers and money are written in the locales that are chosen."""
        conventions: dict[str, Any] = dict(self._plain())
        for category, own in (("LC_NUMERIC", NUMBERS), ("LC_MONETARY", MONEY)):
            if self._chosen[category] not in PLAIN and _normal(self._chosen[category]) != _normal(PLAIN[2]):
                conventions |= {
                    name: value[:] if isinstance(value, list) else value for name, value in own.items()
                }
        return conventions

    def _read(self, names: Iterable[str], locale: str) -> dict[str, str]:
        """Return a locale by category: `""` is what the variables ask for; all may be named one by one."""
        if "=" in locale and ";" in locale:
            parts = (part.partition("=") for part in locale.split(";"))
            return {name: value for name, _, value in parts}
        wanted = {name: locale or self._asked_for(name) for name in names}
        # It is another name of the same.
        return {name: "C" if value == "POSIX" else value for name, value in wanted.items()}

    def _asked_for(self, category: str) -> str:
        values = (self._variables.get(name) for name in ("LC_ALL", category, "LANG"))
        return next((value for value in values if value), "C")

    def _is_known(self, name: str) -> bool:
        return _normal(name) in self._known

    def _tell(self, names: Iterable[str]) -> str:
        chosen = {name: self._chosen[name] for name in names}
        if len(set(chosen.values())) == 1:
            return next(iter(chosen.values()))
        return ";".join(f"{name}={locale}" for name, locale in chosen.items())


def _normal(name: str) -> str:
    """Return a name as the C library looks it up: the encoding counts by its letters and digits."""
    language, dot, encoding = name.partition(".")
    return language + dot + re.sub("[^a-z0-9]", "", encoding.lower())


def know_locales(names: Iterable[str], variables: Mapping[str, str]) -> None:
    """Let `locale` know those that a disk has, and no others."""
    locales = Locales(names, variables)
    functions: dict[str, Callable[..., Any]] = {
        "setlocale": locales.setlocale,
        "localeconv": locales.localeconv,
    }
    library = sys.modules.get("locale")
    for name, function in functions.items():
        setattr(_locale, name, function)
        if library is not None:
            # It wraps both by functions of its own.
            setattr(library, f"_{name}", function)
