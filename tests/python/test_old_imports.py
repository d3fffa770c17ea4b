"""The `imp` that a runtime of an older Python gets, beside the real one where the Python that runs has it."""

import importlib.util
import os
import sys
import tempfile
import unittest
import warnings
from types import ModuleType

from .the_harness import old_imports

HAS_IMP = importlib.util.find_spec("imp") is not None


class OldImports(unittest.TestCase):
    def setUp(self):
        self.imp = ModuleType("imp")
        old_imports.fill(self.imp)
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        for name, text in {
            "plain_one.py": "value = 1\n",
            "package_one/__init__.py": "value = 2\n",
            "package_one/inner.py": "from . import value\n",
            "broken_one.py": "1 / 0\n",
        }.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        names = ("plain_one", "package_one", "inner", "broken_one")
        self.addCleanup(lambda: [sys.modules.pop(name, None) for name in names])

    def load(self, name, path):
        file, where, details = self.imp.find_module(name, path)
        with file or open(os.devnull, encoding="utf-8"):
            return self.imp.load_module(name, file, where, details)

    def test_a_handler_is_found_piece_by_piece_as_old_runtimes_do(self):
        package = self.load("package_one", [self.folder])
        self.assertEqual(package.value, 2)
        self.assertEqual(self.load("plain_one", [self.folder]).value, 1)
        file, where, details = self.imp.find_module("inner", package.__path__)
        file.close()
        self.assertEqual(os.path.basename(where), "inner.py")
        self.assertEqual(details, (".py", "r", self.imp.PY_SOURCE))

    def test_what_is_not_there_is_an_import_error_in_pythons_words(self):
        with self.assertRaisesRegex(ImportError, "^No module named 'nothing_of_that_name'$"):
            self.imp.find_module("nothing_of_that_name", [self.folder])

    def test_a_module_that_fails_leaves_nothing_behind(self):
        with self.assertRaises(ZeroDivisionError):
            self.load("broken_one", [self.folder])
        self.assertNotIn("broken_one", sys.modules)

    def test_the_lock_is_given_back_as_often_as_it_is_taken(self):
        self.assertFalse(self.imp.lock_held())
        self.imp.acquire_lock()
        self.assertTrue(self.imp.lock_held())
        self.imp.release_lock()
        with self.assertRaises(RuntimeError):
            self.imp.release_lock()

    @unittest.skipUnless(HAS_IMP, "this Python has no imp to compare with")
    def test_it_finds_what_the_real_one_finds(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            real = importlib.import_module("imp")
        for name, path in (("plain_one", [self.folder]), ("package_one", [self.folder]), ("sys", None)):
            found = []
            for imp in (real, self.imp):
                file, where, details = imp.find_module(name, path)
                if file is not None:
                    file.close()
                found.append((file is None, where, details))
            self.assertEqual(*found)
        for name in ("get_suffixes", "get_magic", "get_tag"):
            self.assertEqual(getattr(self.imp, name)(), getattr(real, name)())
        constants = {
            name: value for name, value in vars(real).items() if name.isupper() and type(value) is int
        }
        self.assertEqual(constants, {name: getattr(self.imp, name) for name in constants})
