"""Which locales a process knows, and what it says of the others."""

from __future__ import annotations

import _locale
import unittest
from typing import Any

from .the_harness import locales

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_ALL = 0, 1, 2, 6


class Locales(unittest.TestCase):
    def known(self, **variables: str) -> Any:
        return locales.Locales(["en_US.UTF-8"], variables)

    def test_a_process_begins_with_the_encoding_of_its_variables_and_plain_conventions(self) -> None:
        for variables, ctype in (
            ({"LANG": "en_US.UTF-8"}, "en_US.UTF-8"),
            ({"LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8"}, "C.UTF-8"),
            ({"LANG": "ja_JP.UTF-8"}, "C.UTF-8"),
            ({"LANG": "C"}, "C.UTF-8"),
            ({}, "C.UTF-8"),
        ):
            with self.subTest(variables=variables):
                known = self.known(**variables)
                self.assertEqual((ctype, "C"), (known.setlocale(LC_CTYPE), known.setlocale(LC_NUMERIC)))

    def test_it_takes_what_the_disk_has_however_its_encoding_is_written(self) -> None:
        for name, answer in (
            ("C", "C"),
            ("POSIX", "C"),
            ("C.utf8", "C.utf8"),
            ("en_US.UTF-8", "en_US.UTF-8"),
            ("en_US.utf8", "en_US.utf8"),
            ("", "en_US.UTF-8"),
        ):
            with self.subTest(name=name):
                self.assertEqual(answer, self.known(LANG="en_US.UTF-8").setlocale(LC_ALL, name))

    def test_it_refuses_every_other_name_and_leaves_all_as_it_was(self) -> None:
        for name in (
            "es_ES.UTF-8",
            "ja_JP.UTF-8",
            "de_DE",
            "en_US",
            "en_US.ISO8859-1",
            "nonsense",
            "C.latin1",
        ):
            with self.subTest(name=name):
                known = self.known(LANG="en_US.UTF-8")
                before = known.setlocale(LC_ALL)
                with self.assertRaisesRegex(_locale.Error, "^unsupported locale setting$"):
                    known.setlocale(LC_ALL, name)
                self.assertEqual(before, known.setlocale(LC_ALL))

    def test_variables_that_ask_for_what_is_not_there_are_refused_as_well(self) -> None:
        with self.assertRaises(_locale.Error):
            self.known(LANG="es_ES.UTF-8").setlocale(LC_ALL, "")

    def test_what_all_are_can_be_said_and_set_again(self) -> None:
        known = self.known()
        known.setlocale(LC_TIME, "en_US.UTF-8")
        told = known.setlocale(LC_ALL)
        self.assertTrue(
            told.startswith("LC_CTYPE=C.UTF-8;LC_NUMERIC=C;LC_TIME=en_US.UTF-8;LC_COLLATE=C;"), told
        )
        known.setlocale(LC_ALL, "C")
        self.assertEqual(("C", told), (known.setlocale(LC_TIME), known.setlocale(LC_ALL, told)))
        self.assertEqual("en_US.UTF-8", known.setlocale(LC_TIME))

    def test_a_category_that_there_is_not_is_refused(self) -> None:
        for category, name in ((99, "C"), (-1, "C"), (99, None)):
            with self.subTest(category=category), self.assertRaises(_locale.Error):
                self.known().setlocale(category, name)
        self.assertRaises(TypeError, self.known().setlocale, "x")

    def test_numbers_and_money_are_written_as_the_chosen_locale_says(self) -> None:
        known = self.known(LANG="en_US.UTF-8")
        plain = known.localeconv()
        self.assertEqual(("", []), (plain["thousands_sep"], plain["grouping"]))
        known.setlocale(LC_ALL, "en_US.UTF-8")
        chosen = known.localeconv()
        self.assertEqual(
            (",", [3, 3, 0], "$", 2),
            tuple(map(chosen.get, ("thousands_sep", "grouping", "currency_symbol", "frac_digits"))),
        )
        known.setlocale(LC_NUMERIC, "C")
        self.assertEqual(("", "$"), tuple(map(known.localeconv().get, ("thousands_sep", "currency_symbol"))))

    def test_the_library_s_own_functions_ask_it(self) -> None:
        import locale

        for module, names in (
            (_locale, ("setlocale", "localeconv")),
            (locale, ("_setlocale", "_localeconv")),
        ):
            for name in names:
                self.addCleanup(setattr, module, name, getattr(module, name))
        locales.know_locales(["en_US.UTF-8"], {"LANG": "en_US.UTF-8"})
        self.assertEqual("en_US.UTF-8", locale.setlocale(locale.LC_ALL, ("en_US", "UTF-8")))
        self.assertEqual("$1,234.50", locale.currency(1234.5, grouping=True))
        self.assertRaises(locale.Error, locale.setlocale, locale.LC_ALL, "es_ES.UTF-8")


if __name__ == "__main__":
    unittest.main()
