import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimsTestedIn, findClaimFaults } from '../../../scripts/checks/claims.ts';

const faultsOf = (articles: Record<string, string>, claims: readonly string[]): readonly string[] =>
  findClaimFaults(new Map(Object.entries(articles)), new Map([['tests/unit/a.test.ts', claims]]));
const claim = (id: string): string => `<Claim id="${id}">It is so.</Claim>`;

describe('the check of claims', () => {
  it('passes a claim that a test names, in every language', () => {
    const articles = { 'en/a.mdx': claim('it-is-so'), 'ja/a.mdx': claim('it-is-so') };
    assert.deepEqual(faultsOf(articles, ['it-is-so']), []);
  });

  it('names a claim without a test, one made twice, and an id that is none', () => {
    assert.deepEqual(faultsOf({ 'en/a.mdx': claim('it-is-so') }, []), [
      'articles/en/a.mdx: no test says "Claims: it-is-so"',
    ]);
    assert.deepEqual(
      faultsOf({ 'en/a.mdx': claim('it-is-so'), 'en/b.mdx': claim('it-is-so') }, ['it-is-so']),
      ['articles/en/b.mdx: it-is-so is claimed in en/a.mdx already'],
    );
    assert.deepEqual(faultsOf({ 'en/a.mdx': '<Claim>It is so.</Claim>' }, []), [
      'articles/en/a.mdx: "" is no id of a claim',
    ]);
  });

  it('names a test of a claim that no article makes', () => {
    assert.deepEqual(faultsOf({ 'en/a.mdx': claim('it-is-so') }, ['it-is-so', 'it-was-so']), [
      'tests/unit/a.test.ts tests "it-was-so", and no article claims it',
    ]);
  });

  it('reads the claims of a test from comments and docstrings, over several lines', () => {
    assert.deepEqual(claimsTestedIn('// Claims: a-one, b-two,\n// c-three\nit("d-four")'), [
      'a-one',
      'b-two',
      'c-three',
    ]);
    assert.deepEqual(claimsTestedIn('"""It is so. Claims: a-one"""\n# Claims: b-two\n'), ['a-one', 'b-two']);
    assert.deepEqual(claimsTestedIn('"claims": ["a-one"], Claims are made'), []);
  });
});
