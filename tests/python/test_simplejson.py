"""The stand-in for simplejson that lies beside today's runtime, as a function may import it."""

from __future__ import annotations

import collections
import decimal
import importlib
import io
import pickle
import sys
import unittest
from typing import Any

from .lambda_today import PACKAGES, Invocation, run_task

sys.path.insert(0, str(PACKAGES))
simplejson: Any = importlib.import_module("simplejson")
sys.path.remove(str(PACKAGES))

Decimal = decimal.Decimal


class Writing(unittest.TestCase):
    def test_refuses_a_decimal_as_a_key(self) -> None:
        for key, name in (
            (Decimal("2.50"), "decimal.Decimal"),
            (frozenset[int](), "frozenset"),
            (1j, "complex"),
            (type("Own", (), {})(), "Own"),
            (type("Price", (Decimal,), {})(3), "Price"),
        ):
            with self.subTest(key=key), self.assertRaises(TypeError) as caught:
                simplejson.dumps({"fine": {key: 1}})
            self.assertEqual(f"keys must be str, int, float, bool or None, not {name}", str(caught.exception))

    def test_names_every_kind_of_no_number_alike(self) -> None:
        numbers = [Decimal(text) for text in ("NaN", "-NaN", "sNaN", "NaN77", "-sNaN5", "-Infinity", "4.20")]
        self.assertEqual("[NaN, NaN, NaN, NaN, NaN, -Infinity, 4.20]", simplejson.dumps(numbers))

    def test_of_an_object_that_gives_itself_is_too_deep_and_no_circle(self) -> None:
        class Loop:
            def _asdict(self) -> dict[str, Any]:
                return {"first": 1, "again": self}

        with self.assertRaises(RecursionError) as caught:
            simplejson.dumps({"loop": Loop()})
        self.assertEqual("maximum recursion depth exceeded", str(caught.exception))

    def test_of_a_list_in_itself_is_a_circle_and_of_a_deep_one_too_deep(self) -> None:
        circle: list[Any] = []
        circle.append({"a": circle})
        with self.assertRaisesRegex(ValueError, "^Circular reference detected$"):
            simplejson.dumps(circle)
        deep: list[Any] = []
        for _ in range(2000):
            deep = [deep]
        with self.assertRaisesRegex(
            RecursionError, "^maximum recursion depth exceeded while encoding a JSON obj"
        ):
            simplejson.dumps(deep)

    def test_asks_for_an_attribute_and_takes_any_error_for_none(self) -> None:
        class Stubborn:
            def __getattr__(self, name: str) -> Any:
                raise SystemExit(name)

        with self.assertRaisesRegex(TypeError, "^Object of type Stubborn is not JSON serializable$"):
            simplejson.dumps([Stubborn()])

    def test_follows_its_options(self) -> None:
        pair = collections.namedtuple("pair", "b a")(1, (2,))
        for options, text in (
            ({}, '{"b": 1, "a": [2]}'),
            ({"sort_keys": True}, '{"a": [2], "b": 1}'),
            ({"separators": (",", ":")}, '{"b":1,"a":[2]}'),
            ({"indent": 1}, '{\n "b": 1,\n "a": [\n  2\n ]\n}'),
            ({"indent": "\t", "namedtuple_as_object": False}, "[\n\t1,\n\t[\n\t\t2\n\t]\n]"),
        ):
            with self.subTest(options=options):
                self.assertEqual(text, simplejson.dumps(pair, **options))
        self.assertEqual(
            '{"1": null}', simplejson.dumps({1: float("nan"), (): 2}, skipkeys=True, ignore_nan=True)
        )
        self.assertEqual('["x", [0, 1]]', simplejson.dumps(["x", range(2)], iterable_as_array=True))
        self.assertEqual('"<set>"', simplejson.dumps({2}, default=lambda value: f"<{type(value).__name__}>"))
        self.assertEqual('["9007199254740992", 5]', simplejson.dumps([1 << 53, 5], bigint_as_string=True))
        with self.assertRaisesRegex(ValueError, "^Out of range float values are not JSON compliant: -inf$"):
            simplejson.dumps(float("-inf"))

    def test_goes_into_a_file_too(self) -> None:
        file = io.StringIO()
        simplejson.dump(["é", b"x"], file, ensure_ascii=False)
        self.assertEqual('["é", "x"]', file.getvalue())
        self.assertEqual(["é", "x"], simplejson.load(io.StringIO(file.getvalue())))


class Reading(unittest.TestCase):
    def error(self, text: str) -> str:
        with self.assertRaises(simplejson.JSONDecodeError) as caught:
            simplejson.loads(text)
        return str(caught.exception)

    def test_names_the_backslash_of_an_escape_that_is_none_and_points_at_it(self) -> None:
        for text, at in (('"\\a"', 2), ('["b", "ab\\U0001"]', 10), ('{"k": "\\q"}', 8)):
            with self.subTest(text=text):
                why = f"Invalid \\X escape sequence '\\\\': line 1 column {at} (char {at - 1})"
                self.assertEqual(why, self.error(text))

    def test_points_behind_the_backslash_of_an_escape_that_is_too_short(self) -> None:
        for text, at in (('"\\u9zz9"', 3), ('["a", "xy\\u00"]', 11)):
            with self.subTest(text=text):
                why = f"Invalid \\uXXXX escape sequence: line 1 column {at} (char {at - 1})"
                self.assertEqual(why, self.error(text))

    def test_does_not_know_commas_before_an_end(self) -> None:
        self.assertEqual("Expecting value: line 1 column 5 (char 4)", self.error("[[],]"))
        why = "Expecting property name enclosed in double quotes: line 1 column 9 (char 8)"
        self.assertEqual(why, self.error('{"b":22,}'))

    def test_that_is_too_deep_says_of_what(self) -> None:
        for text, kind in (("[" * 3000, "array"), ('{"a":' * 3000, "object")):
            with self.subTest(kind=kind), self.assertRaises(RecursionError) as caught:
                simplejson.loads(text)
            self.assertEqual(
                f"maximum recursion depth exceeded while decoding a JSON {kind} from a unicode string",
                str(caught.exception),
            )

    def test_errors_know_their_places_and_can_be_pickled(self) -> None:
        with self.assertRaises(ValueError) as caught:
            simplejson.loads('[1]\n"x"')
        error: Any = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual("Extra data: line 2 column 1 - line 2 column 4 (char 4 - 7)", str(error))
        self.assertEqual(
            ("simplejson.errors", "Extra data", 4, 7),
            (type(error).__module__, error.msg, error.pos, error.end),
        )
        self.assertEqual((2, 1, 2, 4), (error.lineno, error.colno, error.endlineno, error.endcolno))

    def test_follows_its_options(self) -> None:
        self.assertEqual([Decimal("1.10")], simplejson.loads(b"[1.10]", use_decimal=True))
        self.assertEqual([("a", 1)], simplejson.loads('{"a": 1}', object_pairs_hook=list))
        self.assertEqual([float("inf")], simplejson.loads("[Infinity]", allow_nan=True))
        self.assertEqual(({"a": 2}, 9), simplejson.JSONDecoder().raw_decode(' {"a": 2} x'))
        self.assertEqual("Expecting value: line 1 column 2 (char 1)", self.error("[NaN]"))


class InAFunction(unittest.TestCase):
    def test_can_be_imported_and_is_there_before(self) -> None:
        run = run_task(
            "import sys\nloaded = 'simplejson' in sys.modules\nimport simplejson\n"
            "def lambda_handler(event, context):\n"
            "    return [loaded, simplejson.__version__, simplejson.dumps({'a': event})]\n",
            Invocation("[2]"),
        )
        self.assertEqual([[True, "3.20.2", '{"a": [2]}']], run.answers)


if __name__ == "__main__":
    unittest.main()
