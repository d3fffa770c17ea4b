import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highlightToHtml } from '../../../src/components/code/highlight.ts';

test('code becomes one addressable line after another, with classes and no styles', async () => {
  const html = await highlightToHtml('def f():\n\n    return "<a>"\n', {
    language: 'python',
    firstLine: 41,
    marked: [43],
    idPrefix: 'bootstrap',
  });
  assert.equal(
    html,
    [
      '<span class="line" data-line="41" id="bootstrap-L41"><span class="token-keyword">def</span>' +
        '<span class="token-function"> f</span><span>():</span></span>',
      '<span class="line" data-line="42" id="bootstrap-L42"></span>',
      '<span class="line is-marked" data-line="43" id="bootstrap-L43"><span class="token-keyword">    return</span>' +
        '<span class="token-string-expression"> "&#x3C;a>"</span></span>',
    ].join('\n'),
  );
});

test('plain text keeps its tabs and its spaces', async () => {
  const html = await highlightToHtml('REPORT\tDuration: 1 ms \t', {
    language: 'text',
    firstLine: 1,
    marked: [],
    idPrefix: null,
  });
  assert.equal(html, '<span class="line" data-line="1"><span>REPORT\tDuration: 1 ms \t</span></span>');
});
