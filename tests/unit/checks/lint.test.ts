import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { keysOf } from '../../../scripts/lint-keys.ts';
import { withSite } from '../site-folder.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../../scripts/checks/lint.ts');

/** A folder whose `user.ts` gets its type from `far.ts`, by way of `near.ts`. */
const FILES = {
  'eslint.config.mjs': `import tseslint from ${JSON.stringify(import.meta.resolve('typescript-eslint'))};
export default tseslint.config(tseslint.configs.base, {
  files: ['**/*.ts'],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: { '@typescript-eslint/no-floating-promises': 'error' },
});
`,
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "ESNext", "target": "ESNext", "types": [] } }',
  'package.json': '{ "type": "module" }',
  'far.ts': 'export const ask = (): string => "";\n',
  'near.ts': 'export { ask } from "./far.js";\n',
  '[user].ts': 'import { ask } from "./near.js";\nask();\n',
  'other.ts': 'export const other = 1;\n',
};

const BROKEN = 'export const ask = (): Promise<string> => Promise.resolve("");\n';

function lint(folder: string): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}

describe('the lint with its cache', () => {
  it('finds in a file that is the same what an imported type, two files away, makes wrong, and again', async () => {
    await withSite(FILES, async (folder) => {
      assert.deepEqual(lint(folder), { code: 0, output: '5 files read, 0 known to be clean\n' });
      assert.deepEqual(lint(folder), { code: 0, output: '0 files read, 5 known to be clean\n' });
      await writeFile(path.join(folder, 'far.ts'), BROKEN);
      for (const sums of ['3 files read, 2 known', '1 files read, 4 known']) {
        const { code, output } = lint(folder);
        assert.equal(code, 1, output);
        assert.match(output, /\[user\]\.ts\n\s+2:1\s+error .*no-floating-promises/);
        assert.ok(output.includes(sums), output);
      }
      await writeFile(path.join(folder, 'far.ts'), FILES['far.ts']);
      assert.equal(lint(folder).code, 0);
    });
  });

  it('takes a cache that is broken for none', async () => {
    await withSite({ ...FILES, '.cache/lint.json': '{ "other.ts"' }, (folder) => {
      assert.deepEqual(lint(folder), { code: 0, output: '5 files read, 0 known to be clean\n' });
      return Promise.resolve();
    });
  });
});

describe('on what the findings of a file depend', () => {
  /** The files that get another key when `change` is done to a folder. */
  async function changedBy(
    files: Readonly<Record<string, string>>,
    change: Readonly<Record<string, string | null>>,
  ): Promise<string[]> {
    return withSite(files, async (folder) => {
      const before = await keysOf(folder);
      for (const [name, text] of Object.entries(change)) {
        const place = path.join(folder, name);
        await mkdir(path.dirname(place), { recursive: true });
        await (text === null ? rm(place) : writeFile(place, text));
      }
      const after = await keysOf(folder);
      return [...after.keys()].filter((file) => after.get(file) !== before.get(file));
    });
  }

  const CYCLE = {
    'a.ts': 'import type { B } from "./b.ts";\nexport type A = B;\n',
    'b.ts': 'export type B = import("./c").C;\n',
    'c.ts': 'import "./a.ts";\nexport type C = 1;\n',
    'data.json': '1',
    'reads.ts': 'import data from "./data.json";\nexport default data;\n',
    'page.astro': '---\nconst late = await import("./reads.ts");\n---\n',
    'own.ts': 'export {};\n',
  };

  it('itself and all that it imports, whatever the form, in a circle too', async () => {
    assert.deepEqual(await changedBy(CYCLE, { 'c.ts': 'import "./a.ts";\nexport type C = 2;\n' }), [
      'a.ts',
      'b.ts',
      'c.ts',
    ]);
    assert.deepEqual(await changedBy(CYCLE, { 'data.json': '2' }), ['page.astro', 'reads.ts']);
    assert.deepEqual(await changedBy(CYCLE, { 'own.ts': 'export const own = 1;\n' }), ['own.ts']);
  });

  it('a file that appears where an import looks for one, or goes from there', async () => {
    const files = { 'a.ts': 'import "./b";\nexport {};\n', 'other.ts': 'export {};\n' };
    assert.deepEqual(await changedBy(files, { 'b/index.ts': 'export {};\n' }), ['a.ts', 'b/index.ts']);
    assert.deepEqual(await changedBy({ ...files, 'b.ts': 'export {};\n' }, { 'b.ts': null }), ['a.ts']);
  });

  for (const [name, text] of [
    ['ambient.d.ts', 'interface Window { a: 1 }\n'],
    ['script.ts', 'interface Window { a: 1 }\n'],
    ['augments.ts', 'export {};\ndeclare global { interface Window { a: 1 } }\n'],
    ['eslint.config.mjs', 'export default [1];\n'],
    ['tsconfig.json', '{ "compilerOptions": {} }'],
    ['inner/tsconfig.json', '{ "compilerOptions": {} }'],
    ['package-lock.json', '{ "packages": {} }'],
    ['node_modules/.package-lock.json', '{ "packages": {} }'],
    ['.astro/types.d.ts', 'interface Window { a: 1 }\n'],
  ] as const) {
    it(`what holds for every file: ${name}`, async () => {
      const changed = await changedBy(CYCLE, { [name]: text });
      const sources = Object.keys(CYCLE).filter((file) => file !== 'data.json');
      assert.deepEqual(
        changed.filter((file) => file !== name),
        sources.toSorted(),
      );
    });
  }

  it('what a declaration that holds everywhere imports', async () => {
    const files = { ...CYCLE, 'env.d.ts': '/// <reference path="deep/more.d.ts" />\n', 'deep/more.d.ts': '' };
    const changed = await changedBy(files, { 'deep/more.d.ts': 'interface Window { a: 1 }\n' });
    assert.ok(changed.includes('own.ts'));
  });

  it('is told for every file that ESLint reads in this project', async () => {
    const keys = await keysOf(path.resolve(import.meta.dirname, '../../..'));
    for (const file of ['scripts/checks/lint.ts', 'eslint.config.mjs', 'src/pages/[lang]/[article].astro'])
      assert.match(keys.get(file) ?? 'none', /^[0-9a-f]{64}$/, file);
  });
});
