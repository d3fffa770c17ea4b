import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pageToTwin, twinOf, type PagePlace } from '../../../src/integrations/twin/page-to-twin.ts';
import { readTwin } from '../../../src/integrations/twin/read-twin.ts';

const PLACE: PagePlace = { path: '/docs/en/a/', home: '/docs/en/', site: null, hasPage: () => true };

function twinOfMain(main: string, place: Partial<PagePlace> = {}): string {
  const html = `<html lang="en"><head><meta name="description" content="What it says"></head><body><nav><a href="/x/">Menu</a></nav><main>${main}</main></body></html>`;
  return pageToTwin(html, { ...PLACE, ...place });
}

const textOf = (markdown: string): string => markdown.slice(markdown.indexOf('---\n\n') + 5);

describe('a page as Markdown', () => {
  it('has its facts before its text, and nothing of the way around', () => {
    const twin = twinOfMain('<h1>A: “b”</h1><p>One.</p><button>Run</button><p hidden>Never.</p>');
    assert.match(
      twin,
      /^---\ntitle: "A: “b”"\ndescription: "What it says"\nlanguage: "en"\naddress: "\/docs\/en\/a\/"/,
    );
    assert.equal(textOf(twin), '# A: “b”\n\nOne.\n');
  });

  it('takes addresses from the root, or with the origin where it is known', () => {
    const main = '<p><a href="../b/">b</a> <a href="#c">c</a> <a href="https://d.example/e(f)">d</a></p>';
    const addressesIn = (twin: string): readonly string[] =>
      readTwin(twin).links.map(({ address }) => address);
    assert.deepEqual(addressesIn(twinOfMain(main)), [
      '/docs/en/b/',
      '/docs/en/a/#c',
      'https://d.example/e(f)',
    ]);
    assert.deepEqual(addressesIn(twinOfMain(main, { site: 'https://site.example' })), [
      'https://site.example/docs/en/b/',
      'https://site.example/docs/en/a/#c',
      'https://d.example/e(f)',
    ]);
  });

  for (const text of [
    '*args, **kwargs and [a](b) `c` \\d',
    '__name__ and snake_case_name',
    '1. not a list',
    '# not a heading',
    '- nor a point',
    'a <b>, &lt; and ~~no~~',
  ]) {
    it(`means ${text} as a text`, () => {
      const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      const { words, headings, links } = readTwin(twinOfMain(`<p>${html}</p>`));
      assert.equal(words, text.replaceAll(' ', ''));
      assert.deepEqual([headings, links], [[], []]);
    });
  }

  it('keeps a block of code as it is, with backquotes and blanks in it', () => {
    const code = '  ```\n\tx = `1`\n\n';
    const twin = twinOfMain(`<ul><li><p>One</p><pre>${code}</pre></li></ul>`);
    assert.deepEqual(readTwin(twin).code, ['  ```\n\tx = `1`\n']);
  });

  it('keeps a point’s emphasis where marks beside Japanese brackets would be text', () => {
    const twin = twinOfMain('<p>前<strong>「強調」</strong>後、<b>太字</b>です</p>');
    assert.equal(textOf(twin), '前<strong>「強調」</strong>後、**太字**です\n');
    assert.equal(readTwin(twin).words, '前「強調」後、太字です');
  });

  it('writes a table with a stroke in a cell', () => {
    const twin = twinOfMain(
      '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td><code>x | y</code></td><td>z</td></tr></tbody></table>',
    );
    assert.equal(textOf(twin), '| A | B |\n| --- | --- |\n| `x \\| y` | z |\n');
    assert.equal(readTwin(twin).words, 'ABx|yz');
  });

  it('writes terms with what is said of them', () => {
    const twin = twinOfMain(
      '<dl><dt>Billed</dt><dd>The <b>whole</b> time.</dd><dt>Answer</dt><dd><pre>{}</pre></dd></dl>',
    );
    assert.equal(textOf(twin), '- **Billed**: The **whole** time.\n- **Answer**:\n\n  ```\n  {}\n  ```\n');
  });

  it('leads from a stop to its own page, and to its place where it has none', () => {
    const main =
      '<lab-root id="a--b"><ol class="lab-stops" aria-label="Moments"><li id="a--b/start"><a href="#a--b/start">Start</a><span class="lab-stop-says">It begins.</span></li></ol></lab-root>';
    assert.match(twinOfMain(main), /1\. \[Start\]\(\/docs\/en\/moments\/a--b\/start\/\) · It begins\./);
    assert.match(twinOfMain(main, { hasPage: () => false }), /1\. \[Start\]\(\/docs\/en\/a\/#a--b\/start\)/);
  });

  it('refuses a page without content', () => {
    assert.throws(() => pageToTwin('<p>a</p>', PLACE), /\/docs\/en\/a\/ has no <main>/);
  });
});

describe('the way from a page to its Markdown', () => {
  it('is what its head names', () => {
    assert.equal(twinOf('<link rel="alternate" type="text/markdown" href="/docs/en/a.md">'), '/docs/en/a.md');
    assert.equal(twinOf('<link rel="alternate" hreflang="en" href="/docs/en/a/">'), null);
  });
});
