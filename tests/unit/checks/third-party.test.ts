import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const notice = await readFile(path.join(ROOT, 'public/third-party.txt'), 'utf8');
/** As it reads with its lines joined. */
const text = notice.replace(/\s+/g, ' ');

async function readPackage(name: string, file: string): Promise<string> {
  return readFile(path.join(ROOT, 'node_modules', name, file), 'utf8');
}

async function readDependencies(name: string): Promise<Record<string, string>> {
  const { dependencies = {} } = JSON.parse(await readPackage(name, 'package.json')) as {
    dependencies?: Record<string, string>;
  };
  return dependencies;
}

/** The packages that the editor imports, and what those are made of. */
async function editorPackages(): Promise<ReadonlySet<string>> {
  const editor = await readFile(path.join(ROOT, 'src/lab/code/editor.ts'), 'utf8');
  const found = new Set(
    Array.from(editor.matchAll(/from '(@(?:codemirror|lezer)\/[\w-]+)'/g), ([, name = '']) => name),
  );
  for (const name of found) for (const inner of Object.keys(await readDependencies(name))) found.add(inner);
  return found;
}

test('the notice names the Pyodide that is installed, and where its source is', async () => {
  const { version } = JSON.parse(await readPackage('pyodide', 'package.json')) as { version: string };
  assert.ok(text.includes(`Pyodide ${version},`), version);
  assert.ok(text.includes(`https://github.com/pyodide/pyodide/tree/${version}`), version);
});

test('the notice names the fflate that is installed, with its copyright', async () => {
  const { version } = JSON.parse(await readPackage('fflate', 'package.json')) as { version: string };
  const [, copyright = 'none'] = /^(Copyright .*)$/m.exec(await readPackage('fflate', 'LICENSE')) ?? [];
  assert.ok(text.includes(`fflate ${version}: ${copyright}. MIT licence`), version);
});

test('the notice names each package of the editor under its own copyright, with the licence’s text', async () => {
  const packages = await editorPackages();
  assert.ok(packages.size > 10, 'the editor’s packages are found');
  for (const name of packages) {
    const licence = await readPackage(name, 'LICENSE');
    const [, copyright = 'none', terms = 'none'] =
      /^(Copyright .*)\n\n(Permission [^]*)/m.exec(licence) ?? [];
    const paragraph = notice.split('\n\n').find((part) => part.startsWith(`${copyright.trim()}\n`)) ?? '';
    assert.ok(paragraph.replace(/\s+/g, ' ').split(/ |, /).includes(name), `${name}: ${copyright}`);
    assert.ok(text.includes(terms.replace(/\s+/g, ' ').trim()), `the terms of ${name}`);
  }
});
