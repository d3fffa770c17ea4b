import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../../content/ui/en.json' with { type: 'json' };
import { kindOf, PAGE_KINDS } from '../../../src/layouts/page-kinds.ts';

test('the address of a page below its language says of which kind it is', () => {
  const kinds = {
    '': 'home',
    articles: 'contents',
    'who-called-me': 'article',
    errors: 'errors',
    'errors/timed-out': 'error',
    'platforms/fn': 'platform',
    'source/fn/python/fdk/runner.py': 'source',
  };
  for (const [page, kind] of Object.entries(kinds)) assert.equal(kindOf(page), kind);
  assert.throws(() => kindOf('no/such/place'), RangeError);
});

test('a kind says what its pages are called, some with a name of their own', () => {
  const own = { title: 'A platform', description: 'its own' };
  assert.equal(PAGE_KINDS.glossary.words(en).title, en.glossary.title);
  assert.match(PAGE_KINDS.platform.words(en, own).title, /A platform/);
  assert.deepEqual(PAGE_KINDS.article.words(en, own), own);
});
