/** What travels of the harness: its statements, on their lines, and none of its words. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { readHarness, withoutWords } from '../../../src/integrations/platforms.ts';

const HARNESS = path.resolve(import.meta.dirname, '../../../src/harness');

/** The statements of a source with the lines that they stand on, docstrings left out, as Python reads it. */
const READ = `
import ast, sys
tree = ast.parse(sys.stdin.read())
for node in ast.walk(tree):
    body = getattr(node, "body", None)
    if isinstance(body, list) and body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, str):
        body[0] = ast.Pass(lineno=body[0].lineno, col_offset=0, end_lineno=body[0].lineno, end_col_offset=0)
for node in ast.walk(tree):
    for name in ("end_lineno", "end_col_offset"):
        if hasattr(node, name):
            delattr(node, name)
print(ast.dump(tree, include_attributes=True))
`;

function readBack(source: string): string {
  return execFileSync('python3', ['-c', READ], { input: source, encoding: 'utf8' });
}

test('every file of the harness says the same without its words, on the same lines', async () => {
  const files = Object.entries(await readHarness());
  assert.ok(files.length > 10);
  for (const [name, content] of files) {
    const source = await readFile(path.join(HARNESS, name), 'utf8');
    assert.equal(typeof content, 'string');
    assert.equal(readBack(content as string), readBack(source), name);
    assert.doesNotMatch(content as string, /^\s*(?:#|""")/m, name);
  }
});

test('a function that is nothing but its docstring stays one', () => {
  const source = 'def f():\n    """Say\n    nothing.\n    """\n\n# a comment\nx = 1  # kept\n';
  assert.equal(withoutWords(source), 'def f():\n    ""\n\n\n\n\nx = 1  # kept\n');
});
