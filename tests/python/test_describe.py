"""What a reader is shown of a value: enough to know it, not more than fits; nothing that they wrote runs."""

import decimal
import json
import sys
import types
import unittest
from collections import OrderedDict, namedtuple
from typing import Any, NoReturn

from .the_harness import describe as module

describe = module.describe
describe_error = module.describe_error

HERE = __name__


class Plain:
    """A class of the reader's, and how its parts are shown."""

    def method(self) -> None:
        pass


class EachKind(unittest.TestCase):
    def test_plain_values_are_shown_as_python_writes_them(self) -> None:
        values = [None, True, 0, -7, 1.5, float("inf"), 2j, "it's", 'é\n"', "", b"\x00a", b""]
        self.assertEqual([repr(value) for value in values], [describe(value) for value in values])

    def test_collections_are_shown_with_their_brackets(self) -> None:
        self.assertEqual("[1, 'a', None]", describe([1, "a", None]))
        self.assertEqual("(1, 2)", describe((1, 2)))
        self.assertEqual("(1,)", describe((1,)))
        self.assertEqual("{1, 2}", describe({1, 2}))
        self.assertEqual("frozenset({1})", describe(frozenset({1})))
        self.assertEqual("{'a': 1, 2: [3]}", describe({"a": 1, 2: [3]}))

    def test_empty_collections_are_told_apart(self) -> None:
        values = [[], (), set(), frozenset(), {}]
        self.assertEqual(["[]", "()", "set()", "frozenset()", "{}"], [describe(value) for value in values])

    def test_functions_methods_classes_and_modules_are_named(self) -> None:
        self.assertEqual("<function run_me>", describe(run_me))
        self.assertEqual("<function len>", describe(len))
        self.assertEqual("<function <lambda>>", describe(lambda: 0))
        self.assertEqual("<method Plain.method>", describe(Plain().method))
        self.assertEqual(f"<class {HERE}.Plain>", describe(Plain))
        self.assertEqual("<class builtins.int>", describe(int))
        self.assertEqual("<module json>", describe(json))

    def test_other_objects_are_named_by_their_class(self) -> None:
        self.assertEqual(f"<{HERE}.Plain object>", describe(Plain()))
        self.assertEqual("<builtins.generator object>", describe(x for x in ()))
        self.assertEqual("<decimal.Decimal object>", describe(decimal.Decimal(1)))

    def test_a_subclass_of_a_plain_kind_is_an_object_of_its_own(self) -> None:
        point = namedtuple("point", "x y")
        self.assertEqual(f"<{HERE}.point object>", describe(point(1, 2)))
        self.assertEqual("<collections.OrderedDict object>", describe(OrderedDict(a=1)))

    def test_a_module_that_lost_its_name_is_still_a_module(self) -> None:
        nameless = types.ModuleType("gone")
        del nameless.__name__
        self.assertEqual("<module ?>", describe(nameless))


class WhatIsTooMuch(unittest.TestCase):
    def test_long_text_is_cut_and_says_its_length(self) -> None:
        self.assertEqual(repr("x" * 160), describe("x" * 160))
        self.assertEqual(f"{'x' * 160!r}… (161 characters)", describe("x" * 161))
        self.assertEqual(f"{b'x' * 160!r}… (1,000,000 bytes)", describe(b"x" * 1_000_000))

    def test_long_collections_show_their_first_items_and_count_the_rest(self) -> None:
        self.assertEqual("[0, 1, 2, 3, 4, 5, 6, 7]", describe(list(range(8))))
        self.assertEqual("[0, 1, 2, 3, 4, 5, 6, 7, … 1 more]", describe(list(range(9))))
        self.assertEqual("(0, 1, 2, 3, 4, 5, 6, 7, … 9,992 more)", describe(tuple(range(10_000))))
        self.assertEqual(
            "{0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, … 2 more}",
            describe(dict.fromkeys(range(10), 0)),
        )

    def test_deep_nesting_ends_with_a_count(self) -> None:
        self.assertEqual("[[[[…] (2 items)]]]", describe([[[[1, 2]]]]))
        self.assertEqual("{'a': {'b': {'c': {…} (1 items)}}}", describe({"a": {"b": {"c": {"d": 1}}}}))
        self.assertEqual("[[[[]]]]", describe([[[[]]]]))

    def test_a_list_that_holds_itself_is_described_all_the_same(self) -> None:
        endless: list[Any] = [1]
        endless.append(endless)
        self.assertEqual("[1, [1, [1, […] (2 items)]]]", describe(endless))

    def test_a_huge_number_says_its_size_and_costs_no_conversion(self) -> None:
        self.assertEqual(repr(2**1023), describe(2**1023))
        self.assertEqual("<int of 1,025 bits>", describe(2**1024))
        self.assertEqual("<int of 1,000,001 bits>", describe(-(2**1_000_000)))

    def test_long_items_leave_room_for_fewer_of_them(self) -> None:
        shown = f"{'x' * 160!r}… (200 characters)"
        self.assertEqual(f"[{shown}, {shown}, … 7 more]", describe(["x" * 200] * 9))
        threefold = dict.fromkeys((1, 2, 3), "x" * 200)
        self.assertEqual(f"{{1: {shown}, 2: {shown}, … 1 more}}", describe(threefold))

    def test_however_wide_and_deep_a_value_is_two_thousand_characters_tell_it(self) -> None:
        for levels in range(6):
            value: Any = "x" * 10_000
            for _ in range(levels):
                value = [value] * 20
            with self.subTest(levels=levels):
                self.assertLess(len(describe(value)), 2000)
                self.assertLess(len(describe_error(ValueError(value))), 2000)

    def test_a_set_is_shown_in_the_same_order_whatever_the_hashes_are(self) -> None:
        self.assertEqual("{1, 8}", describe({8, 1}))
        # Words come out in an order that differs from process to process.
        words = {"pear", "fig", "apple", "quince"}
        self.assertEqual("{'apple', 'fig', 'pear', 'quince'}", describe(words))
        self.assertEqual("frozenset({'apple', 'fig', 'pear', 'quince'})", describe(frozenset(words)))

    def test_a_large_set_shows_some_of_its_items_in_order_and_counts_the_rest(self) -> None:
        shown, rest = describe(set(range(1000, 1040))).split(", … ")
        self.assertEqual("32 more}", rest)
        items = [int(item) for item in shown.removeprefix("{").split(", ")]
        self.assertEqual(8, len(set(items) & set(range(1000, 1040))))
        self.assertEqual(sorted(items), items)


class Errors(unittest.TestCase):
    def test_an_exception_is_its_class_and_its_message(self) -> None:
        self.assertEqual("ValueError: no such value", describe(ValueError("no such value")))
        self.assertEqual("ValueError: no such value", describe_error(ValueError("no such value")))
        self.assertEqual("KeyError: 'key'", describe_error(KeyError("key")))
        self.assertEqual("ValueError: ('a', 1)", describe_error(ValueError("a", 1)))
        missing = FileNotFoundError(2, "gone", "x")
        self.assertEqual("FileNotFoundError: [Errno 2] gone: 'x'", describe_error(missing))

    def test_one_without_a_message_is_its_class_alone(self) -> None:
        self.assertEqual("KeyboardInterrupt", describe_error(KeyboardInterrupt()))
        self.assertEqual("ValueError", describe_error(ValueError("")))

    def test_python_s_own_messages_are_shown(self) -> None:
        for source in ("1/0", "[][1]", "nowhere", "None.x", "import nowhere_at_all", "b'\\xff'.decode()"):
            with self.subTest(source=source):
                try:
                    exec(source, {})
                except Exception as error:
                    self.assertEqual(f"{type(error).__name__}: {error}", describe_error(error))

    def test_a_long_message_is_cut_and_says_its_length(self) -> None:
        self.assertEqual(f"ValueError: {'x' * 160}… (500 characters)", describe_error(ValueError("x" * 500)))

    def test_a_message_that_is_a_value_is_described_like_one(self) -> None:
        self.assertEqual(f"ValueError: (<{HERE}.Plain object>,)", describe_error(ValueError(Plain())))
        self.assertEqual("ValueError: (<int of 100,001 bits>,)", describe_error(ValueError(2**100_000)))


def run_me(*_: object, **__: object) -> NoReturn:
    """Stand wherever Python lets a class have its say; the tests below must never get here."""
    raise AssertionError("code of the reader's ran")


class Loud(type):
    """A metaclass that has its say whenever its classes are looked at, compared or put into a set."""

    __getattribute__ = __hash__ = __eq__ = __instancecheck__ = __subclasscheck__ = __repr__ = run_me


NAMES = ["__repr__", "__str__", "__format__", "__getattribute__", "__hash__", "__eq__", "__len__", "__iter__"]


def loud(name: str, *bases: type, **more: Any) -> type:
    """Return a class that fails a test when any of its own code runs."""
    body: dict[str, Any] = dict.fromkeys(NAMES, run_me)
    return Loud(name, bases, body | {"__class__": property(run_me), "__module__": HERE} | more)


class NothingOfTheReadersRuns(unittest.TestCase):
    def assert_described(self, expected: str, value: object) -> None:
        # Both alone and as an item: containers ask more of their items than anybody asks of a local.
        self.assertEqual(expected, describe(value))
        self.assertEqual(f"[{expected}]", describe([value]))
        self.assertEqual(f"{{'key': {expected}}}", describe({"key": value}))

    def test_for_an_object_of_theirs(self) -> None:
        self.assert_described(f"<{HERE}.Mine object>", loud("Mine")())

    def test_for_a_subclass_of_each_plain_kind(self) -> None:
        for plain in (5, "text", b"bytes", [1], {1: 2}, (1,), {1}, frozenset({1}), 1.5):
            base = type(plain)
            with self.subTest(base=base.__name__):
                value = base.__new__(loud("Mine", base), plain)
                self.assert_described(f"<{HERE}.Mine object>", value)

    def test_for_a_class_of_theirs(self) -> None:
        self.assert_described(f"<class {HERE}.Mine>", loud("Mine"))

    def test_for_a_module_of_theirs(self) -> None:
        made = types.ModuleType.__new__(loud("Mine", types.ModuleType))
        types.ModuleType.__init__(made, "mine")
        self.assert_described("<module mine>", made)

    def test_for_a_module_that_answers_for_names_it_does_not_have(self) -> None:
        made = types.ModuleType("mine")
        made.__getattr__ = run_me  # type: ignore[method-assign]
        del made.__name__
        self.assert_described("<module ?>", made)

    def test_for_an_error_of_theirs(self) -> None:
        error = ValueError.__new__(loud("Mine", ValueError, args=property(run_me)), "told", 1)
        self.assertEqual("Mine: ('told', 1)", describe_error(error))
        self.assert_described("Mine: ('told', 1)", error)

    def test_for_an_error_of_theirs_that_inherits_its_words(self) -> None:
        base = loud("Base", ValueError)
        self.assertEqual("Mine: ('told',)", describe_error(ValueError.__new__(loud("Mine", base), "told")))

    def test_for_an_error_of_pythons_with_a_part_of_theirs(self) -> None:
        mine = loud("Mine")()
        self.assertEqual(f"ValueError: (<{HERE}.Mine object>,)", describe_error(ValueError(mine)))
        # What it prints is not in its arguments alone.
        error = FileNotFoundError(2, "gone", "x")
        error.filename = mine
        self.assertEqual("FileNotFoundError: (2, 'gone')", describe_error(error))

    def test_for_names_that_are_no_plain_text(self) -> None:
        words = str.__new__(loud("Words", str), "mine")
        made = types.ModuleType("mine")
        made.__dict__["__name__"] = words
        self.assert_described("<module ?>", made)
        self.assert_described("<Mine object>", type("Mine", (), {"__module__": words})())
        self.assert_described("<class Mine>", type("Mine", (), {"__module__": property(run_me)}))

    def test_the_trap_itself_works(self) -> None:
        # Or every test above would pass for nothing.
        for look in (repr, str, len, iter, hash, type(loud("Mine")).__repr__, lambda value: value.anything):
            with self.assertRaises(AssertionError):
                look(loud("Mine")())
        with self.assertRaises(AssertionError):
            isinstance(loud("Mine")(), int)
        with self.assertRaises(AssertionError):
            _ = loud("Mine").__module__


class Unhurried(unittest.TestCase):
    def test_a_value_that_grows_costs_no_more(self) -> None:
        # Counted in calls of Python functions, which a clock of a busy machine cannot upset.
        def count(value: object) -> int:
            calls = 0

            def profile(*_: object) -> None:
                nonlocal calls
                calls += 1

            sys.setprofile(profile)
            describe(value)
            sys.setprofile(None)
            return calls

        self.assertEqual(count([[0] * 100] * 100), count([[0] * 10_000] * 10_000))
        self.assertEqual(count(dict.fromkeys(range(100))), count(dict.fromkeys(range(100_000))))


if __name__ == "__main__":
    unittest.main()
