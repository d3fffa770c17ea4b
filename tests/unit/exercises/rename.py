"""A handler that writes another source anew: in another form, and with other names wherever they are its own.

The event is `{"source": …, "keep": […]}`; the answer is the new source.
"""

import ast
import builtins


class Renamer(ast.NodeTransformer):
    """Gives every name of `names` another one."""

    def __init__(self, names):
        self.names = {name: f"renamed_{number}" for number, name in enumerate(sorted(names))}

    def of(self, name):
        return self.names.get(name, name)

    def visit_Name(self, node):
        node.id = self.of(node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.of(node.arg)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node):
        node.name = self.of(node.name)
        return self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        node.name = self.of(node.name)
        return self.generic_visit(node)

    def visit_ExceptHandler(self, node):
        node.name = self.of(node.name) if node.name else None
        return self.generic_visit(node)

    def visit_Global(self, node):
        node.names = [self.of(name) for name in node.names]
        return node

    visit_Nonlocal = visit_Global

    def visit_alias(self, node):
        bound = (node.asname or node.name).partition(".")[0]
        if "." not in node.name and self.of(bound) != bound:
            node.asname = self.of(bound)
        return node


def own_names(tree, keep):
    """Return the names that the source gives itself, and that nobody outside of it knows."""
    bound = set()
    known = set(keep) | set(dir(builtins))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        elif isinstance(node, ast.alias) and "." not in node.name:
            bound.add(node.asname or node.name)
        if isinstance(node, ast.keyword) and node.arg:
            known.add(node.arg)
        if isinstance(node, ast.ClassDef):
            # What a class holds is asked for by its name.
            for part in node.body:
                known |= {name.id for name in ast.walk(part) if isinstance(name, ast.Name)}
                known |= {part.name} if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) else set()
    return {name for name in bound - known if not name.startswith("__")}


def lambda_handler(event, context):
    tree = ast.parse(event["source"])
    new = Renamer(own_names(tree, event["keep"])).visit(tree)
    return ast.unparse(ast.fix_missing_locations(new)) + "\n"
