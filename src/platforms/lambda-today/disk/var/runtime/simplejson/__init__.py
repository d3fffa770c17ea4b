# SPDX-License-Identifier: Apache-2.0
r"""JSON as the package of this name reads and writes it, in its version 3.20.2: a stand-in of our own [M].

The original runtime depends on that package, and a function may import this one. It differs from Python's
own `json` where a handler can tell: named tuples become objects, decimals keep their digits, bytes are
read as UTF-8, and what cannot be read is told in other words. Inferred: what an option does that the
runtime does not use.
"""

from decimal import Decimal
from typing import IO, Any

from simplejson.decoder import JSONDecoder
from simplejson.encoder import JSONEncoder
from simplejson.errors import JSONDecodeError

__version__ = "3.20.2"
_USUAL_DECODER = JSONDecoder()

__all__ = ["Decimal", "JSONDecodeError", "JSONDecoder", "JSONEncoder", "dump", "dumps", "load", "loads"]


def dumps(obj: Any, cls: type[JSONEncoder] | None = None, **options: Any) -> str:
    """Return `obj` as JSON; the options are those of `JSONEncoder`."""
    return (cls or JSONEncoder)(**options).encode(obj)


def dump(obj: Any, fp: IO[str], cls: type[JSONEncoder] | None = None, **options: Any) -> None:
    """Write `obj` as JSON to a file, piece by piece."""
    for piece in (cls or JSONEncoder)(**options).iterencode(obj):
        fp.write(piece)


def loads(s: str | bytes, cls: type[JSONDecoder] | None = None, **options: Any) -> Any:
    """Return what JSON stands for; the options are those of `JSONDecoder`."""
    if cls is None and not options:
        return _USUAL_DECODER.decode(s)
    return (cls or JSONDecoder)(**options).decode(s)


def load(fp: IO[Any], cls: type[JSONDecoder] | None = None, **options: Any) -> Any:
    """Return what the JSON in a file stands for."""
    return loads(fp.read(), cls, **options)
