/** What a run throws at the page is cut with a count, and every value is checked where it is shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../../content/ui/en.json' with { type: 'json' };
import ja from '../../../content/ui/ja.json' with { type: 'json' };
import { cutText, firstOf, splitText } from '../../../src/lab/cut-text.ts';
import { markupToText } from '../../../src/lab/markup.ts';
import { MAX_BODY, rowsToMarkup } from '../../../src/lab/messages/markup.ts';
import { MAX_ANSWER, payloadToText } from '../../../src/lab/output/payload.ts';
import { toPretty } from '../../../src/lab/output/pretty.ts';
import { localsToRows, MAX_LOCALS } from '../../../src/lab/stack/locals-rows.ts';
import { momentToClock, momentToDate } from '../../../src/lab/words.ts';
import { eventsToMessages } from '../../../src/trace/messages.ts';

test('a cut text loses no half of a character', () => {
  assert.deepEqual(splitText('a😀b', 2), { shown: 'a', leftOut: 3 });
  assert.deepEqual(splitText('a😀b', 3), { shown: 'a😀', leftOut: 1 });
  assert.deepEqual(splitText('a😀b', 4), { shown: 'a😀b', leftOut: 0 });
  assert.deepEqual([cutText('a😀b', 2), cutText('ab', 2), cutText('abc', 2)], ['a…', 'ab', 'ab…']);
});

test('the first of many are those that sorting finds', () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => (index * 7919) % 1009);
  const compare = (a: number, b: number): number => a - b;
  for (const count of [0, 1, 10, 1000, 2000])
    assert.deepEqual(firstOf(numbers, count, compare), [...numbers].sort(compare).slice(0, count));
});

test('of thousands of locals the changed ones come first, and those left out are counted', () => {
  const locals = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`name_${index}`, '1']));
  const { rows, leftOut } = localsToRows(locals, { name_9999: 'changed', was: 'gone' });
  assert.deepEqual(rows.slice(0, 3), [
    { name: 'was', value: null, change: 'gone' },
    { name: 'name_9999', value: '1', change: 'changed' },
    { name: 'name_0', value: '1', change: null },
  ]);
  assert.deepEqual([rows.length, leftOut], [MAX_LOCALS, 10_001 - MAX_LOCALS]);
  assert.deepEqual(localsToRows({ constructor: '1' }, {}), {
    rows: [{ name: 'constructor', value: '1', change: null }],
    leftOut: 0,
  });
});

test('a long answer is shown as it came, as far as it is drawn, with the number of the rest', () => {
  const payload = JSON.stringify('x'.repeat(5_900_000));
  for (const [language, strings] of [
    ['en', en],
    ['ja', ja],
  ] as const) {
    const { text, canBePretty } = payloadToText(payload, true, strings.lab.live.cut, language);
    assert.equal(text.slice(0, MAX_ANSWER), payload.slice(0, MAX_ANSWER));
    assert.match(text.slice(MAX_ANSWER), /^\n\[\D*5,834,466\D*\]$/);
    assert.equal(canBePretty, false);
  }
  const { cut } = en.lab.live;
  assert.deepEqual(payloadToText('[1]', false, cut, 'en'), { text: '[1]', canBePretty: true });
  assert.deepEqual(payloadToText('[1]', true, cut, 'en'), { text: '[\n  1\n]', canBePretty: true });
});

test('what is nested thousands deep is not laid out as space alone', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  assert.ok(toPretty(deep).length < 100 * deep.length);
});

test('a message of millions of characters is drawn in part', () => {
  const row = { kind: 'message', at: 0, from: 'service', to: 'bootstrap', what: 'next' } as const;
  const [item = ''] = rowsToMarkup([{ ...row, body: 'x'.repeat(MAX_BODY + 5_000_000) }], {
    words: en.lab.live,
    language: 'en',
  });
  assert.match(markupToText(item), /x\[5,000,000 more characters are left out\.\]$/);
});

test('a call with megabytes of arguments is told in part', () => {
  const locals = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`name_${index}`, 'x'.repeat(200)]),
  );
  const [row] = eventsToMessages([
    { kind: 'call', frame: 1, caller: null, source: '', line: 1, name: 'f', owner: 'handler', locals },
  ]);
  assert.ok(row?.kind === 'call' && row.body.length < 70_000 && row.body.endsWith(', …'));
});

test('a moment that no calendar knows is none', () => {
  assert.deepEqual(
    [0, 8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER].map((moment) => [
      momentToClock(moment),
      momentToDate(moment),
    ]),
    [
      ['00:00:00', '1970-01-01T00:00:00.000Z'],
      ['00:00:00', '+275760-09-13T00:00:00.000Z'],
      ['—', null],
      ['—', null],
    ],
  );
});
