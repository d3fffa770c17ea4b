/** What of a built page can be found. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentsOnPage } from '../../../src/integrations/page-documents.ts';

const page = (main: string): string =>
  `<html><body><nav>Menu</nav><main>${main}</main><footer>Foot</footer></body></html>`;

test('an article gives its beginning and its sections, without labs, sources, buttons and answers', () => {
  const documents = documentsOnPage(
    'who',
    page(
      '<h1>Who?</h1><p>It <b>be</b>gins.</p>' +
        '<div class="heading"><h2 id="one">One</h2><a class="heading-link">#</a></div><p>First.<sup class="source-mark">3</sup></p>' +
        '<lab-root><p>lab</p></lab-root><details class="answer"><p>secret</p></details><button>Press</button><p hidden>no</p>' +
        '<h2 id="sources">Sources</h2><ol><li><span class="source-name">A post</span></li></ol>',
    ),
  );
  assert.deepEqual(
    documents.map(({ address, title, of, text }) => ({ address, title, of, text })),
    [
      { address: 'who', title: 'Who?', of: '', text: 'It begins.' },
      { address: 'who#one', title: 'One', of: 'Who?', text: 'First.' },
    ],
  );
});

test('a glossary gives its words, an error its page without the errors that it leads to', () => {
  assert.deepEqual(
    documentsOnPage(
      'glossary',
      page('<h1>G</h1><dl><div id="a"><dt>A</dt><dd>An <code>a</code>.</dd></div></dl>'),
    ).map(({ kind, address, title, text }) => [kind, address, title, text]),
    [['term', 'glossary#a', 'A', 'An a.']],
  );
  const [error] = documentsOnPage(
    'errors/x',
    page(
      '<h1>X</h1><p class="error-names">Also: <code>Y</code>, <code>Z</code></p><h2 id="see">See</h2><p>it</p><h2 id="related">Related</h2><p>W</p>',
    ),
  );
  assert.equal(error?.names, 'Y Z');
  assert.ok(error.text.includes('it') && !error.text.includes('W'));
});

test('pages that only lead to others give nothing', () => {
  for (const address of ['', 'articles', 'errors', 'platforms', 'embed/v1/x'])
    assert.deepEqual(documentsOnPage(address, page('<h1>T</h1><p>text</p>')), [], address);
});
