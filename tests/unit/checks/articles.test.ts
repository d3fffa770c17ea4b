import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findArticleFaults, findPathFaults } from '../../../scripts/checks/articles.ts';

const ARTICLE = `---
title: Who calls a handler?
order: 1
---

Before an <Term id="event">event</Term> arrives, nothing runs<Fact source="post">, it says</Fact>.

<Lab example="a" platform="p" />

<Exercise id="try-it">

What happens?

<Choices>

<Choice>Nothing.</Choice>

<Choice right>Something.</Choice>

</Choices>

<Answer>

It does: <Claim id="it-does">something happens</Claim>.

</Answer>

</Exercise>

<Graded id="change-it" />

## What is known, and how

**Observed.** This.

**Inferred.** That.

**Not known.** The rest.

## Sources

1. <Source id="post" />: all of it.
`;

const faultsOf = (article: string): readonly string[] =>
  findArticleFaults('en/a.mdx', article, { terms: ['event'], sources: ['post', 'docs'] }).map((fault) =>
    fault.replace('articles/en/a.mdx ', ''),
  );
/** The faults of the article with some of its text replaced. */
const faultsWith = (old: string, replacement: string): readonly string[] => {
  assert.ok(ARTICLE.includes(old), old);
  return faultsOf(ARTICLE.replace(old, replacement));
};

describe('the check of articles', () => {
  it('finds an article without an exercise that looks at the run', () => {
    assert.deepEqual(faultsWith('<Graded id="change-it" />\n\n', ''), [
      'has 0 exercises that look at the run (<Graded>), and not one',
    ]);
  });

  it('passes an article that has everything', () => {
    assert.deepEqual(faultsOf(ARTICLE), []);
  });

  it('misses a lab, an exercise, an ending', () => {
    assert.deepEqual(faultsWith('<Lab example="a" platform="p" />', '`<Lab />`'), ['has no lab']);
    assert.deepEqual(faultsWith(/<Exercise.*<\/Exercise>/s.exec(ARTICLE)?.[0] ?? '', ''), [
      'has no exercise',
    ]);
    assert.deepEqual(faultsWith('## Sources', '## Links'), [
      'does not end with the sections "What is known, and how" and "Sources"',
    ]);
    assert.deepEqual(faultsWith('**Inferred.**', 'Inferred:'), [
      'has no paragraph "**Inferred.**" in its last section but one',
    ]);
  });

  it('wants to know of each row of the evidence how it is known', () => {
    const paragraphs = /\*\*Observed.*rest\.\n/s.exec(ARTICLE)?.[0] ?? '';
    const table = (...rows: readonly string[]): string =>
      ['<Evidence>', '', '| What | How |', '| --- | --- |', ...rows, '', '</Evidence>', ''].join('\n');
    assert.deepEqual(
      faultsWith(paragraphs, table('| This | Seen in logs, twice |', '| That | not known |')),
      [],
    );
    assert.deepEqual(faultsWith(paragraphs, table('| This | believed |', '| That | |')), [
      'has evidence that is "believed", which is none of: documented, seen in logs, measured, run here, inferred, not known',
      'has evidence that is "", which is none of: documented, seen in logs, measured, run here, inferred, not known',
    ]);
    assert.deepEqual(faultsWith(paragraphs, table()), ['has an <Evidence> without a table']);
  });

  it('wants bold words to end where Markdown sees it', () => {
    assert.deepEqual(faultsWith('Nothing.</Choice>', '**何も**。起きません。</Choice>'), []);
    assert.deepEqual(faultsWith('Nothing.</Choice>', '**何も。**起きません。</Choice>'), [
      'has bold words that do not end on line 16: end them before the mark',
    ]);
  });

  it('wants each article on one path, and nothing else there', () => {
    const on = (...names: readonly string[]): { article: string }[] => names.map((article) => ({ article }));
    assert.deepEqual(findPathFaults({ today: on('a'), story: on('b') }, ['a', 'b']), []);
    assert.deepEqual(findPathFaults({ today: on('a', 'c'), story: on('a') }, ['a', 'b']), [
      'paths.json names a twice',
      'paths.json names b nowhere',
      'paths.json names c, which is no article',
    ]);
  });

  it('lets a draft lack its end', () => {
    const draft = ARTICLE.replace('order: 1', 'order: 1\ndraft: true').replace(/ *<Exercise.*$/s, '');
    assert.deepEqual(faultsOf(draft.replace(/<Fact.*?<\/Fact>/, '')), []);
    assert.deepEqual(faultsOf(draft.replace(/<Fact.*?<\/Fact>/, '').replace('<Lab ', '<Laboratory ')), [
      'has no lab',
    ]);
  });

  it('wants one right choice, and an answer that a test holds', () => {
    assert.deepEqual(faultsWith('<Choice>', '<Choice right>'), [
      'has 2 right choices in the exercise "try-it"',
    ]);
    assert.deepEqual(faultsWith('<Claim id="it-does">something happens</Claim>', 'something happens'), [
      'has no <Claim> in the <Answer> of the exercise "try-it"',
    ]);
  });

  it('wants every source known, listed once, and listed when it is used', () => {
    assert.deepEqual(faultsWith('source="post"', 'source="docs"'), [
      'does not list the source "docs", which it uses',
    ]);
    assert.deepEqual(faultsWith('<Source id="post" />', '<Source id="post" /> <Source id="no" />'), [
      'names the source "no", which content/sources.json lacks',
    ]);
    assert.deepEqual(faultsWith(': all of it.', ' and <Source id="post" />'), [
      'lists the source "post" twice',
    ]);
  });

  it('wants every term known, and linked once, where it is first used', () => {
    assert.deepEqual(faultsWith('id="event"', 'id="events"'), [
      'names the term "events", which content/glossary.json lacks (line 6)',
    ]);
    assert.deepEqual(faultsWith('What happens?', 'What <Term id="event">events</Term> happen?'), [
      'links the term "event" twice (line 12)',
    ]);
    assert.deepEqual(faultsWith('Before an <Term', 'The event. Before an <Term'), [
      'uses "event" on line 6, before it is linked on line 6',
    ]);
    assert.deepEqual(faultsWith('Before an <Term', '`event` prevented. Before an <Term'), []);
  });

  it('wants some words outside a claim on its line', () => {
    assert.deepEqual(
      faultsWith(
        'It does: <Claim id="it-does">something happens</Claim>.',
        '<Claim id="it-does">It does.</Claim>',
      ),
      ['has a <Claim> alone on line 24: leave some words outside'],
    );
  });
});
