import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWordPressFrame } from '../../../scripts/reach/wordpress.ts';
import { toOembed } from '../../../src/components/oembed/oembed.ts';

const PROVIDER = {
  site: new URL('https://docs.example'),
  base: '/some/where/',
  language: 'ja',
  name: 'Behind the Handler',
} as const;

test('a record is of the page that was shared, and its frame shows the lab at its stop', () => {
  const record = toOembed(
    { title: 'A "title" & more', page: 'moments/a--b/end', lab: 'a--b', stop: 'end' },
    PROVIDER,
    { url: 'https://docs.example/some/where/c.png', width: 1200, height: 630 },
  );
  assert.deepEqual(record, {
    version: '1.0',
    type: 'rich',
    title: 'A "title" & more',
    url: 'https://docs.example/some/where/ja/moments/a--b/end/',
    provider_name: 'Behind the Handler',
    provider_url: 'https://docs.example/some/where/ja/',
    cache_age: 86_400,
    width: 720,
    height: 720,
    html:
      '<iframe src="https://docs.example/some/where/ja/embed/v1/a--b/#end" title="A &quot;title&quot; &amp; more" ' +
      'width="720" height="720" loading="lazy"></iframe>',
    thumbnail_url: 'https://docs.example/some/where/c.png',
    thumbnail_width: 1200,
    thumbnail_height: 630,
  });
});

test('WordPress keeps the frame, and puts its secret behind the fragment', () => {
  const { html } = toOembed({ title: 't', page: 'a', lab: 'a--b', stop: 'end' }, PROVIDER);
  assert.deepEqual(toWordPressFrame(html), {
    src: 'https://docs.example/some/where/ja/embed/v1/a--b/#end#?secret=aB3dE5gH7j',
    title: 't',
    width: '720',
    height: '720',
    class: 'wp-embedded-content',
    sandbox: 'allow-scripts',
    security: 'restricted',
    'data-secret': 'aB3dE5gH7j',
  });
  for (const other of ['', '<p>t</p>', `${html}${html}`, `<script></script>${html}`, '<iframe></iframe>'])
    assert.equal(toWordPressFrame(other), null);
});
