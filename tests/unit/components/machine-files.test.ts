import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordingsToFeedHtml, withoutControls } from '../../../src/components/feed/article-outputs.ts';
import { toSitemap } from '../../../src/components/maps/sitemap.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';

test('what a lab printed is text in a feed, whatever it is', async () => {
  const html = recordingsToFeedHtml([await recordExample('print-the-stack', 'lambda-today')]);
  assert.match(html, /^<pre>print-the-stack on lambda-today, .*\n=+\n\n-- run 1, a cold start, event \{\}\n/);
  assert.match(html, /&lt;module&gt;/);
  assert.equal(withoutControls('\u001b[31m\tred\u0000\r\n\ufffe\ud800 🎉'), '␛[31m\tred␀\r\n\ufffd\ufffd 🎉');
});

test('the map of the site says of a page when it changed, where that is known, and its versions', () => {
  const versions = new Map([
    ['en', 'https://a.example/en/?a&b'],
    ['ja', 'https://a.example/ja/'],
  ]);
  assert.equal(
    toSitemap([
      { address: 'https://a.example/en/?a&b', changed: '2026-11-30', versions },
      { address: 'https://a.example/', changed: null, versions: new Map() },
    ]),
    `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><loc>https://a.example/en/?a&amp;b</loc><lastmod>2026-11-30</lastmod><xhtml:link rel="alternate" hreflang="en" href="https://a.example/en/?a&amp;b"/><xhtml:link rel="alternate" hreflang="ja" href="https://a.example/ja/"/></url>
<url><loc>https://a.example/</loc></url>
</urlset>
`,
  );
});
