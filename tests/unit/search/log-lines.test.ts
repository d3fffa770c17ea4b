import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { isLogLike } from '../../../src/components/search/log-lines.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');

test('each log that people paste has a line that is taken for one', async () => {
  const folder = path.join(FIXTURES, 'logs');
  const missed: string[] = [];
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.txt')) continue;
    const text = await readFile(path.join(folder, file), 'utf8');
    if (!isLogLike(text.replaceAll(/\s*\n\s*/g, ' '))) missed.push(file);
  }
  assert.deepEqual(missed, []);
});

test('questions, words and names are looked up, and nothing else is offered for them', async () => {
  for (const language of ['en', 'ja']) {
    const text = await readFile(path.join(FIXTURES, `search/queries.${language}.json`), 'utf8');
    const queries = JSON.parse(text) as readonly { readonly query: string; readonly kind: string }[];
    const taken = queries.filter(({ kind, query }) => kind !== 'log' && isLogLike(query));
    assert.deepEqual(taken, []);
  }
});
