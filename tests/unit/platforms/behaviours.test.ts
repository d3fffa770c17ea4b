import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readCases } from '../../../scripts/conformance/case.ts';
import { listPlatforms } from '../../../src/integrations/platforms.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly original?: object;
  readonly model?: object;
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(ROOT, file), 'utf8'));
}

const CASES = Promise.all(
  ['cases', 'ours'].map((folder) => readCases(path.join(ROOT, 'tests/fixtures/conformance', folder))),
).then((all) => new Set(all.flat().map(({ name }) => name)));

/** What is wrong with a row's name of a test; null when that test is there. */
async function faultOfTest(test: string): Promise<string | null> {
  const [place = '', ...words] = test.split(' ');
  const name = words.join(' ');
  if (place === 'case') return (await CASES).has(name) ? null : `${test}: there is no such case`;
  const file = place;
  const text = await readFile(path.join(ROOT, file), 'utf8').catch(() => null);
  if (text === null) return `${test}: there is no file ${file}`;
  return text.includes(name) ? null : `${test}: the file does not name it`;
}

describe('the behaviours of each platform', () => {
  it('have names of their own, known sources, and tests that are there', async () => {
    const sources = (await readJson('content/sources.json')) as Readonly<Record<string, object>>;
    const faults: string[] = [];
    for (const platform of await listPlatforms()) {
      const file = (await readJson(`src/platforms/${platform}/behaviours.json`)) as { behaviours: Row[] };
      const ids = file.behaviours.map(({ id }) => id);
      assert.deepEqual(ids, [...new Set(ids)], platform);
      for (const row of file.behaviours) {
        const unknown = row.sources.filter((source) => !(source in sources));
        faults.push(...unknown.map((source) => `${platform} ${row.id}: there is no source ${source}`));
        const found = await Promise.all(row.tests.map(faultOfTest));
        faults.push(...found.flatMap((fault) => (fault === null ? [] : [`${platform} ${row.id}: ${fault}`])));
      }
    }
    assert.deepEqual(faults, []);
  });

  it('and every text of a model name their sources by tags that are known', async () => {
    const sources = (await readJson('content/sources.json')) as Readonly<
      Record<string, { tag: string | null }>
    >;
    const tags = new Set(Object.values(sources).map(({ tag }) => tag));
    const unknown: string[] = [];
    // What a downloaded function is tested with says nothing of a model.
    const exclude = ['src/platforms/*/test_handler.py'];
    for await (const file of glob('src/platforms/**/*.py', { cwd: ROOT, exclude })) {
      const text = await readFile(path.join(ROOT, file), 'utf8');
      // A level of the log stands in brackets, too.
      const found = Array.from(text.matchAll(/\[([A-Z][A-Z0-9]+)\]/g), ([, tag = '']) => tag);
      unknown.push(
        ...found.filter((tag) => tag !== 'ERROR' && !tags.has(tag)).map((tag) => `${file}: ${tag}`),
      );
    }
    assert.deepEqual(unknown, []);
  });

  // Claims: every-behaviour-has-a-test
  it('say what their kind calls for: a source for what is known, the model for what is not the same', async () => {
    for (const platform of await listPlatforms()) {
      const file = (await readJson(`src/platforms/${platform}/behaviours.json`)) as { behaviours: Row[] };
      for (const { id, kind, original, model, sources, tests } of file.behaviours) {
        const where = `${platform} ${id}`;
        // What the model does can be held; what it has not, often cannot.
        if (kind !== 'differs') assert.ok(tests.length > 0, where);
        if (kind !== 'inferred') assert.ok(original && sources.length > 0, where);
        if (kind === 'same') assert.equal(model, undefined, where);
        else assert.ok(model, where);
        // What somebody is quoted with was seen somewhere.
        if (kind === 'inferred') assert.equal(original !== undefined, sources.length > 0, where);
      }
    }
  });
});
