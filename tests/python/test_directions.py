"""Who may import whom, and what must lie where: the house's rules for its Python."""

import ast
import json
import sys
import unittest
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"
PLATFORMS = sorted(path.parent for path in (SRC / "platforms").glob("*/platform.json"))
BROWSER = {"js", "pyodide", "pyodide_js"}


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield the first name of each imported module, and whether it is imported by the way."""
    tree = ast.parse(path.read_bytes(), str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        else:
            continue
        for name in names:
            yield name.partition(".")[0], node not in tree.body


def native(platform: Path) -> dict[str, list[str]]:
    description = json.loads((platform / "platform.json").read_text(encoding="utf-8"))
    return {module["module"]: module["functions"] for module in description["native"]}


class Directions(unittest.TestCase):
    def test_a_platform_imports_the_library_its_neighbours_and_its_native_modules(self) -> None:
        self.assertTrue(PLATFORMS)
        for platform in PLATFORMS:
            files = sorted(platform.rglob("*.py"))
            own = {path.stem for path in files} | {path.parent.name for path in files}
            # The function may lie beside the runtime: what it looks like to a type checker is told there.
            own |= {path.stem for path in (platform / "native").glob("*.pyi")}
            allowed = own | set(native(platform)) | sys.stdlib_module_names
            for path in files:
                with self.subTest(file=str(path.relative_to(SRC))):
                    self.assertEqual(set(), {name for name, _ in imports(path)} - allowed)

    def test_the_harness_imports_the_library_itself_and_natives_and_the_browser_by_the_way(
        self,
    ) -> None:
        natives = {name for platform in PLATFORMS for name in native(platform)}
        allowed = {"harness"} | natives | sys.stdlib_module_names
        for path in sorted((SRC / "harness").rglob("*.py")):
            with self.subTest(file=str(path.relative_to(SRC))):
                others = {item for item in imports(path) if item[0] not in allowed}
                self.assertEqual(set(), others - {(name, True) for name in BROWSER})


class NativeParts(unittest.TestCase):
    def test_each_declared_function_has_a_stub_and_no_stub_is_without_one(self) -> None:
        for platform in PLATFORMS:
            for module, functions in native(platform).items():
                with self.subTest(platform=platform.name, module=module):
                    stub = ast.parse((platform / "native" / f"{module}.pyi").read_bytes())
                    names = [node.name for node in stub.body if isinstance(node, ast.FunctionDef)]
                    self.assertEqual(sorted(functions), sorted(names))

    def test_the_placeholder_on_the_disk_does_not_read_as_text(self) -> None:
        for path in SRC.glob("platforms/*/disk/**/*.so"):
            data = path.read_bytes()
            self.assertEqual(b"\x7fELF", data[:4])
            self.assertIn(b"Placeholder of a clean-room model", data)
            self.assertLess(len(data), 16 * 1024)
            with self.assertRaises(UnicodeDecodeError):
                data.decode("utf-8")


if __name__ == "__main__":
    unittest.main()
