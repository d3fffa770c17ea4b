import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashOf, parseArticle, shapeOf, withFollows } from '../../../scripts/article-shape.ts';
import { findArticleFaults } from '../../../scripts/checks/translations.ts';

const ENGLISH = `---
title: Who?
description: A question
order: 1
updated: 2026-01-01
---

## One

\`\`\`py
# no heading
<Lab example="none" />
\`\`\`

<Lab example="a" platform="p" />

### Two

<Lab
  platform="q"
  example="b"
/>
`;

const JAPANESE = withFollows(
  ENGLISH.replace('Who?', '誰?').replace('One', '一').replace('Two', '二'),
  hashOf(parseArticle(ENGLISH)),
);

function faultsOf(english: string | null, japanese: string | null): readonly string[] {
  const articles = (text: string | null): Map<string, string> =>
    new Map(text === null ? [] : [['a.mdx', text]]);
  return findArticleFaults('ja', articles(english), articles(japanese));
}

describe('the check of translations', () => {
  it('passes a translation with the same headings and labs that follows the English text', () => {
    assert.deepEqual(faultsOf(ENGLISH, JAPANESE), []);
  });

  it('reads headings and labs, not what only looks like them in code', () => {
    assert.deepEqual(shapeOf(parseArticle(ENGLISH)), {
      headings: new Set(['heading of level 2', 'heading of level 3']),
      labs: new Set(['<Lab example="a" platform="p">', '<Lab example="b" platform="q">']),
      parts: new Set(),
    });
  });

  it('misses an article without a translation, unless it is a draft', () => {
    assert.deepEqual(faultsOf(ENGLISH, null), ['ja/a.mdx is missing: the article has no translation']);
    assert.deepEqual(faultsOf(ENGLISH.replace('order: 1', 'draft: true'), null), []);
  });

  it('names a translation of nothing', () => {
    assert.deepEqual(faultsOf(null, JAPANESE), ['ja/a.mdx translates nothing: en/a.mdx is not there']);
  });

  it('names other headings and other labs', () => {
    assert.deepEqual(
      faultsOf(ENGLISH, JAPANESE.replace('### ', '## ').replace('example="b"', 'example="c"')),
      [
        'ja/a.mdx lacks the heading of level 3',
        'ja/a.mdx alone has the <Lab example="c" platform="q">',
        'ja/a.mdx lacks the <Lab example="b" platform="q">',
      ],
    );
  });

  it('names claims, exercises and sources that only one language has, in whatever order', () => {
    const parts = '<Claim id="c-one">x</Claim> <Claim id="c-two">y</Claim> <Source id="s" />';
    const faults = (japanese: string): readonly string[] =>
      faultsOf(ENGLISH + parts, JAPANESE + japanese).filter((fault) => !fault.includes('follows'));
    assert.deepEqual(faults(parts), []);
    assert.deepEqual(faults(parts.replace('c-two', 'c-three')), [
      'ja/a.mdx alone has the Claim c-three',
      'ja/a.mdx lacks the Claim c-two',
    ]);
    assert.deepEqual(faults('<Claim id="c-two">y</Claim> <Claim id="c-one">x</Claim> <Source id="s" />'), []);
  });

  it('names a translation that follows an older text, or does not say which', () => {
    const hash = hashOf(parseArticle(ENGLISH));
    assert.deepEqual(faultsOf(ENGLISH.replace('Who?', 'Who then?'), JAPANESE), [
      `ja/a.mdx follows an older English text (${hash})`,
    ]);
    assert.deepEqual(faultsOf(ENGLISH, JAPANESE.replace(/follows:.*\n/, '')), [
      'ja/a.mdx does not say which English text it follows',
    ]);
  });

  it('takes another order, date or state of the English article for the same text', () => {
    const changed = ENGLISH.replace('order: 1', 'order: 2\ndraft: false').replace('2026-01-01', '2026-02-02');
    assert.deepEqual(faultsOf(changed, JAPANESE), []);
  });

  it('writes the hash once, in place of an older one', () => {
    assert.equal(withFollows(withFollows(ENGLISH, 'aa'), 'bb'), withFollows(ENGLISH, 'bb'));
    assert.equal(parseArticle(withFollows(ENGLISH, 'bb')).frontmatter.get('follows'), 'bb');
    assert.equal(parseArticle(withFollows(ENGLISH, 'bb')).body, parseArticle(ENGLISH).body);
  });
});
