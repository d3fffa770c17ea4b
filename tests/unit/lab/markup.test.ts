import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markupToHtml, markupToText, tag } from '../../../src/lab/markup.ts';
import { MAX_ROWS, rowsToMarkup } from '../../../src/lab/messages/markup.ts';
import type { MessageRow } from '../../../src/trace/messages.ts';
import en from '../../../content/ui/en.json' with { type: 'json' };

test('text stays text, in elements as in attributes', () => {
  const markup = tag('p', { title: '"<&>', hidden: null }, '<b>&amp;</b>', tag('i', {}, 'x'));
  assert.equal(
    markupToHtml(markup),
    '<p title="&#34;&#60;&#38;&#62;">&#60;b&#62;&#38;amp;&#60;/b&#62;<i>x</i></p>',
  );
  assert.equal(markupToText(markup), '<b>&amp;</b>x');
});

test('what a parser would change is written so that it does not', () => {
  assert.equal(markupToHtml(tag('pre', {}, '\na\r\nb')), '<pre>\n\na&#13;\nb</pre>');
});

test('rows past the most that are drawn are counted', () => {
  const rows = Array.from({ length: MAX_ROWS + 7 }, (_, at): MessageRow => ({
    kind: 'phase',
    at,
    phase: 'wait',
  }));
  const items = rowsToMarkup(rows, { words: en.lab.live, language: 'en' });
  assert.equal(items.length, MAX_ROWS + 1);
  assert.equal(items.map(markupToText).at(-1), '7 more rows are not drawn.');
});
