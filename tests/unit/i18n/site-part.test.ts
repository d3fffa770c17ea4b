import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { examplesOfPage } from '../../../scripts/checks/examples.ts';
import { FIRST_EXAMPLES } from '../../../src/i18n/site-part.ts';

test('the first part of a build has the recordings of the home pages', async () => {
  const page = path.resolve(import.meta.dirname, '../../../src/pages/[lang]/index.astro');
  assert.deepEqual(examplesOfPage(await readFile(page, 'utf8')), [...FIRST_EXAMPLES]);
});
