import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../../src/i18n/languages.ts';
import { pathUnder, versionsOf } from '../../../src/i18n/links.ts';

test('a path lies under the base, however the base is written', () => {
  for (const base of ['/docs/lambda', 'docs/lambda/', '/docs/lambda/']) {
    assert.equal(pathUnder(base, '/en/'), '/docs/lambda/en/');
  }
  for (const base of ['', '/']) assert.equal(pathUnder(base, 'favicon.svg'), '/favicon.svg');
});

test('a page that a language lacks leads to the home page of that language', () => {
  assert.deepEqual(versionsOf('who-called-me', ['en']), [
    { language: 'en', path: 'en/who-called-me/', exact: true },
    { language: 'ja', path: 'ja/', exact: false },
  ]);
});

test('only the languages of the site are languages', () => {
  assert.equal(languageOf('ja'), 'ja');
  assert.throws(() => languageOf('fr'), RangeError);
  assert.throws(() => languageOf(undefined), RangeError);
});
