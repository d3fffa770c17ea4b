"""The rights of the procedures' roles: what the handlers' calls need, and nothing more."""

from __future__ import annotations

import ast
import json
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROCEDURES = ROOT / "content" / "procedures"

# What a call to boto3 needs, by the way that leads to it. A call that is not here fails the test.
NEEDS: dict[str, str | None] = {
    "resource": None,
    "resource.Object": None,
    "resource.Object.put": "s3:PutObject",
}

# What a function needs to have a log, in a group that is there.
LOG = {"logs:CreateLogStream", "logs:PutLogEvents"}


class UnknownCall(Exception):
    """A call to boto3 of which this test does not know what right it needs."""


def rights_of(source: str) -> set[str]:
    """Return the rights that the calls of a module need, following what boto3 gives through its names."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.split(".")[0] == "boto3"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "boto3":
            raise UnknownCall(f"from {node.module} import …")

    def way_to(node: ast.expr) -> str | None:
        """Return the way from boto3 to what an expression is, None for what does not come from there."""
        if isinstance(node, ast.Name):
            return names.get(node.id)
        if isinstance(node, ast.Call):
            return way_to(node.func)
        if isinstance(node, ast.Attribute) and (way := way_to(node.value)) is not None:
            return f"{way}.{node.attr}".lstrip(".")
        return None

    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and (way := way_to(node.value)) is not None:
            names.update({target.id: way for target in node.targets if isinstance(target, ast.Name)})
    rights: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (way := way_to(node.func)) is not None:
            if way not in NEEDS:
                raise UnknownCall(f"line {node.lineno}: boto3.{way}")
            rights.update({need} if (need := NEEDS[way]) else ())
    return rights


class Rights(unittest.TestCase):
    def handlers(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for file in sorted(PROCEDURES.glob("*/procedure.json")):
            for example in json.loads(file.read_text())["handlers"]:
                task = ROOT / "content" / "examples" / example / "task" / "lambda_function.py"
                found.append((file.parent.name, task.read_text()))
        self.assertGreater(len(found), 0)
        return found

    # Claims: policy-is-what-the-code-calls
    def test_of_a_role_are_what_its_handlers_call_and_the_log(self) -> None:
        needed: dict[str, set[str]] = {}
        for procedure, source in self.handlers():
            needed.setdefault(procedure, set()).update(rights_of(source))
        for procedure, rights in needed.items():
            with self.subTest(procedure):
                policy = json.loads((PROCEDURES / procedure / "role-policy.json").read_text())
                allowed: list[str] = []
                for statement in policy["Statement"]:
                    self.assertEqual("Allow", statement["Effect"])
                    actions = statement["Action"]
                    allowed += [actions] if isinstance(actions, str) else actions
                    # One bucket's objects, one function's log: never everything.
                    self.assertRegex(statement["Resource"], r"^arn:aws:(s3:::BUCKET/\*$|logs:.*FUNCTION:\*$)")
                self.assertEqual({"s3:PutObject"}, rights)
                self.assertEqual(sorted(rights | LOG), sorted(allowed))

    def test_are_known_for_each_call_or_the_call_is_refused(self) -> None:
        self.assertEqual(set(), rights_of("import json\njson.dumps(1)\nopen('a').read()\n"))
        put = "import boto3\ns3 = boto3.resource('s3')\ns3.Object('b', 'k').put(Body=b'')\n"
        self.assertEqual({"s3:PutObject"}, rights_of(put))
        for unknown in (
            put.replace(".put(Body=b'')", ".get()"),
            "import boto3 as sdk\nsdk.client('s3')\n",
            "import boto3\ns3 = boto3.resource('s3')\nbucket = s3.Bucket('b')\nbucket.delete()\n",
            "from boto3 import resource\nresource('s3')\n",
        ):
            with self.subTest(unknown), self.assertRaises(UnknownCall):
                rights_of(unknown)

    def test_are_taken_by_lambda_alone(self) -> None:
        for file in PROCEDURES.glob("*/trust-policy.json"):
            (statement,) = json.loads(file.read_text())["Statement"]
            self.assertEqual({"Service": "lambda.amazonaws.com"}, statement["Principal"])
            self.assertEqual("sts:AssumeRole", statement["Action"])
