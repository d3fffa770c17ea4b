import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findInventedAddresses, findReachFaults } from '../../../scripts/checks/reach.ts';
import { withSite } from '../site-folder.ts';

const SITE = 'https://docs.example';
const BASE = '/x/';
const ROOT = `${SITE}${BASE}`;

type Files = Readonly<Record<string, string>>;

const PICTURE =
  '<meta property="og:image" content="https://docs.example/x/card.png"><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630"><meta property="og:image:alt" content="a">';

/** A page of both languages, as the site writes its head. */
function page(address: string, title: string, more = ''): string {
  const own = ROOT + address;
  const name = address.replace(/^\w+\//, '');
  const versions = ['en', 'ja'].map(
    (language) => `<link rel="alternate" hreflang="${language}" href="${ROOT}${language}/${name}">`,
  );
  const front = name === '' ? `<link rel="alternate" hreflang="x-default" href="${ROOT}">` : '';
  return `<!doctype html><html><head><title>${title}</title><meta name="description" content="about">
<link rel="canonical" href="${own}"><meta property="og:url" content="${own}"><meta property="og:title" content="${title}">
${versions.join('')}${front}${PICTURE}${more}</head><body></body></html>`;
}

const record = (language: string, of: string): string =>
  `<link rel="alternate" type="application/json+oembed" href="${ROOT}${language}/oembed/${of}.json" title="a">`;

function toRecord(language: string, page: string, fragment = ''): string {
  return JSON.stringify({
    version: '1.0',
    type: 'rich',
    title: 'a',
    url: `${ROOT}${language}/${page}/`,
    provider_name: 's',
    provider_url: `${ROOT}${language}/`,
    width: 720,
    height: 720,
    html: `<iframe src="${ROOT}${language}/embed/v1/l--p/${fragment}" title="a" width="720" height="720"></iframe>`,
  });
}

/** A site of a front door, and in each language a home page, an article, a moment and an embed. */
function goodSite(): Record<string, string> {
  const languages = ['en', 'ja'].flatMap((language): [string, string][] => [
    [`${language}/index.html`, page(`${language}/`, 'home')],
    [
      `${language}/a/index.html`,
      page(
        `${language}/a/`,
        'a',
        `<meta property="article:modified_time" content="2026-11-29T00:00:00.000Z">${record(language, 'a')}
<script type="application/ld+json">{"@context":"https://schema.org","url":"${ROOT}${language}/a/"}</script>`,
      ),
    ],
    [
      `${language}/moments/l--p/end/index.html`,
      page(`${language}/moments/l--p/end/`, 'm', record(language, 'moments/l--p/end')),
    ],
    [
      `${language}/embed/v1/l--p/index.html`,
      `<head><title>e</title><meta name="description" content="e"><meta name="robots" content="noindex">
<link rel="canonical" href="${ROOT}${language}/a/">${record(language, 'embed/v1/l--p')}</head>"end"`,
    ],
    [`${language}/oembed/a.json`, toRecord(language, 'a')],
    [`${language}/oembed/moments/l--p/end.json`, toRecord(language, 'moments/l--p/end', '#end')],
    [`${language}/oembed/embed/v1/l--p.json`, toRecord(language, 'a')],
    [
      `${language}/feed.xml`,
      `<rss><channel><atom:link href="${ROOT}${language}/feed.xml"/><item><title>a</title><link>${ROOT}${language}/a/</link>
<guid>${ROOT}${language}/a/</guid><description>d</description><pubDate>Sun, 29 Nov 2026 00:00:00 GMT</pubDate>
<content:encoded>&lt;pre&gt;x\n-- run 1&lt;/pre&gt;</content:encoded></item></channel></rss>`,
    ],
  ]);
  const links = (name: string): string =>
    ['en', 'ja']
      .map((language) => `<xhtml:link hreflang="${language}" href="${ROOT}${language}/${name}"/>`)
      .join('');
  const home = `${links('')}<xhtml:link hreflang="x-default" href="${ROOT}"/>`;
  const urls = [
    `<url><loc>${ROOT}</loc>${home}</url>`,
    ...['en', 'ja'].flatMap((language) => [
      `<url><loc>${ROOT}${language}/</loc>${home}</url>`,
      `<url><loc>${ROOT}${language}/a/</loc><lastmod>2026-11-29</lastmod>${links('a/')}</url>`,
    ]),
  ];
  return {
    'index.html': page('', 'front'),
    'robots.txt': `User-agent: *\n\nSitemap: ${ROOT}sitemap.xml\n`,
    'sitemap.xml': `<urlset>${urls.join('')}</urlset>`,
    ...Object.fromEntries(languages),
  };
}

/** Faults of the good site with some files in other words; null takes one away. */
function faultsOf(
  changes: Readonly<Record<string, string | null | ((text: string) => string)>>,
): Promise<readonly string[]> {
  const files: Record<string, string> = goodSite();
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) Reflect.deleteProperty(files, name);
    else files[name] = typeof change === 'string' ? change : change(files[name] ?? '');
  }
  return withSite(files satisfies Files, async (folder) => {
    const png = Buffer.alloc(24);
    png.writeUInt32BE(1200, 16);
    png.writeUInt32BE(630, 20);
    await writeFile(path.join(folder, 'card.png'), png);
    return findReachFaults(folder, SITE, BASE);
  });
}

const replacing =
  (part: string, by: string) =>
  (text: string): string => {
    assert.ok(text.includes(part), `${part} is there to be replaced`);
    return text.replace(part, by);
  };

describe('the check of what machines read', () => {
  it('finds nothing where all is well', async () => {
    assert.deepEqual(await faultsOf({}), []);
  });

  it('holds pages to their canonical address, their versions and their picture', async () => {
    const en = 'en/a/index.html';
    assert.deepEqual(await faultsOf({ [en]: replacing(`<link rel="canonical" href="${ROOT}en/a/">`, '') }), [
      `${en}: its canonical address is null`,
    ]);
    assert.deepEqual(
      await faultsOf({
        [en]: replacing(`hreflang="ja" href="${ROOT}ja/a/"`, 'hreflang="ja" href="/x/ja/a/"'),
      }),
      [
        `${en}: its version in ja is not absolute: /x/ja/a/`,
        'ja/a/index.html: its version in en does not name it in turn',
        `sitemap.xml: ${ROOT}en/a/ has other versions than its page`,
      ],
    );
    assert.deepEqual(await faultsOf({ [en]: replacing('content="1200"', 'content="600"') }), [
      `${en}: its picture is 1200 × 630, and is said to be 600 × 630`,
    ]);
    assert.deepEqual(
      await faultsOf({
        [en]: replacing('https://docs.example/x/card.png', 'https://other.example/x/card.png'),
      }),
      [`${en}: its picture is of another site: https://other.example/x/card.png`],
    );
    assert.deepEqual(await faultsOf({ [en]: replacing('content="about"', 'content=" "') }), [
      `${en}: it has no description`,
    ]);
    assert.deepEqual(
      await faultsOf({
        'en/moments/l--p/end/index.html': replacing(
          `rel="canonical" href="${ROOT}en/moments/l--p/end/"`,
          `rel="canonical" href="${ROOT}en/a/"`,
        ),
      }),
      [`en/moments/l--p/end/index.html: its canonical address is ${ROOT}en/a/`],
    );
    assert.deepEqual(
      await faultsOf({
        'en/embed/v1/l--p/index.html': replacing(`<link rel="canonical" href="${ROOT}en/a/">`, ''),
      }),
      [
        'en/embed/v1/l--p/index.html: an embed is for no search, and has the address of its page as the canonical one',
        `en/oembed/embed/v1/l--p.json: its url is ${ROOT}en/a/, its page's null`,
      ],
    );
  });

  it('holds the map and the feeds to the pages', async () => {
    assert.deepEqual(
      await faultsOf({
        'en/glossary/index.html': page('en/glossary/', 'g'),
        'ja/glossary/index.html': page('ja/glossary/', 'g'),
      }),
      [`sitemap.xml: lacks ${ROOT}en/glossary/`, `sitemap.xml: lacks ${ROOT}ja/glossary/`],
    );
    assert.deepEqual(await faultsOf({ 'sitemap.xml': replacing('2026-11-29', '2026-11-01') }), [
      `sitemap.xml: ${ROOT}en/a/ changed on 2026-11-01, its page says 2026-11-29`,
    ]);
    assert.deepEqual(await faultsOf({ 'robots.txt': 'User-agent: *\n' }), ['robots.txt: names no map']);
    assert.deepEqual(await faultsOf({ 'ja/feed.xml': replacing(`<link>${ROOT}ja/a/`, `<link>${ROOT}ja/`) }), [
      'ja/feed.xml: has other articles than the site',
      `ja/feed.xml: ${ROOT}ja/ has another guid`,
    ]);
    assert.deepEqual(await faultsOf({ 'ja/feed.xml': replacing('-- run 1', 'nothing \u001b') }), [
      'ja/feed.xml: has control characters',
      `ja/feed.xml: ${ROOT}ja/a/ has no output of a lab`,
    ]);
  });

  it('holds an oEmbed record to its page, and to what WordPress takes', async () => {
    const file = 'en/oembed/a.json';
    const faultsWith = async (part: string, by: string): Promise<readonly string[]> =>
      faultsOf({ [file]: replacing(part, by) });
    assert.deepEqual(await faultsWith('"width":720', '"width":1200'), [
      `${file}: its width is not from 200 to 1000`,
      `${file}: its frame is of another size`,
    ]);
    assert.deepEqual(await faultsWith('<iframe', '<script></script><iframe'), [
      `${file}: WordPress shows nothing of it`,
    ]);
    assert.deepEqual(await faultsWith('embed/v1/l--p/', 'a/'), [
      `${file}: its frame shows en/a/index.html, which is no embed`,
    ]);
    assert.deepEqual(await faultsWith(`"url":"${ROOT}en/a/"`, `"url":"${ROOT}en/"`), [
      `${file}: its url is ${ROOT}en/, its page's ${ROOT}en/a/`,
    ]);
    assert.deepEqual(await faultsOf({ 'en/oembed/moments/l--p/end.json': replacing('#end', '#begin') }), [
      'en/oembed/moments/l--p/end.json: its frame has no stop begin',
    ]);
    const elsewhere = `${ROOT}en/moments/l--p/end/`;
    assert.deepEqual(
      await faultsOf({
        'en/embed/v1/l--p/index.html': replacing(
          `canonical" href="${ROOT}en/a/"`,
          `canonical" href="${elsewhere}"`,
        ),
      }),
      [
        `en/oembed/a.json: its frame is at home at ${elsewhere}`,
        `en/oembed/embed/v1/l--p.json: its url is ${ROOT}en/a/, its page's ${elsewhere}`,
      ],
    );
    assert.deepEqual(await faultsOf({ 'en/oembed/stray.json': '{}' }), [
      'en/oembed/stray.json: no page leads to it',
    ]);
    assert.deepEqual(await faultsOf({ [file]: null }), [
      'en/a/index.html: its application/json+oembed is not there: https://docs.example/x/en/oembed/a.json',
    ]);
  });

  it('wants nothing that names an origin of a build that was told of none', async () => {
    const plain = '<head><title>t</title><meta name="description" content="d"></head>';
    const invented = { 'en/feed.xml': '', 'en/index.html': page('en/', 'home'), 'ja/index.html': plain };
    assert.deepEqual(await withSite(invented, (folder) => findInventedAddresses(folder, '/')), [
      'en/feed.xml: names an origin, and the build was told of none',
      'en/index.html: names an origin, and the build was told of none',
    ]);
  });
});
