import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findDeadLinks } from '../../../scripts/checks/links.ts';
import { linkTo } from '../lab/link/packed-record.ts';
import { withSite } from '../site-folder.ts';

const ROOT = { site: null, base: '/' };

function faultsOf(
  files: Readonly<Record<string, string>>,
  address = ROOT as Parameters<typeof findDeadLinks>[1],
): Promise<readonly string[]> {
  return withSite(files, (folder) => findDeadLinks(folder, address));
}

describe('the check of links', () => {
  it('passes links to pages, files, places and other sites', async () => {
    const page =
      '<link rel="stylesheet" href="/a.css"><h1 id="lab">t</h1>' +
      '<a href="/en/">a</a><a href="../">b</a><a href="#lab">c</a><a href="/en/#lab/step-14">d</a>' +
      '<a href="https://elsewhere.example/">e</a><a href="mailto:a@b.example">f</a><img src="data:image/png;base64,">';
    const files = {
      'index.html': '<a href="en/">',
      'en/index.html': page,
      'a.css': 'a{b:url(f.woff2)}',
      'f.woff2': '',
    };
    assert.deepEqual(await faultsOf(files), []);
  });

  it('names a page, a file, a picture and a place that are not there', async () => {
    const page =
      '<a href="/ja/">a</a><a href="x.txt">b</a><img srcset="p.png 1x, q.png 2x"><a href="#no">c</a>';
    assert.deepEqual(await faultsOf({ 'index.html': page, 'p.png': '' }), [
      'index.html: <a href> /ja/ is not there',
      'index.html: <a href> x.txt is not there',
      'index.html: <img srcset> q.png is not there',
      'index.html: <a href> #no names no place on index.html',
    ]);
  });

  it('names a code link that cannot be opened', async () => {
    const good = linkTo('playground', { at: 'playground', event: '1' });
    const bad = linkTo('playground', { at: 'other' });
    const page = `<a href="${good}">a</a><a href="${bad}">b</a>`;
    assert.deepEqual(await faultsOf({ 'index.html': page }), [
      `index.html: <a href> ${bad} is no code link that can be opened`,
    ]);
  });

  it('names what a stylesheet loads in vain', async () => {
    const files = {
      'index.html': '<link rel="stylesheet" href="s/a.css">',
      's/a.css': '@font-face{src:url("f.woff2")}',
    };
    assert.deepEqual(await faultsOf(files), ['s/a.css: f.woff2 is not there']);
  });

  it('names a link without the slash at its end, and an id that stands there twice', async () => {
    const files = { 'index.html': '<a href="/en" id="a">a</a><b id="a">b</b>', 'en/index.html': '' };
    assert.deepEqual(await faultsOf(files), [
      'index.html: the id a stands there more than once',
      'index.html: <a href> /en lacks the slash at its end',
    ]);
  });

  it('names whatever is loaded from another site, not what leads there', async () => {
    const page =
      '<script src="https://cdn.example/a.js"></script><link rel="canonical" href="https://c.example/">';
    assert.deepEqual(await faultsOf({ 'index.html': page }), [
      'index.html: <script src> https://cdn.example/a.js is loaded from another site',
    ]);
  });

  it('names a link that forgets the base path, relative or with the origin', async () => {
    const page =
      '<a href="/docs/">a</a><a href="/en/">b</a><link rel="canonical" href="https://s.example/x/">';
    assert.deepEqual(await faultsOf({ 'index.html': page }, { site: 'https://s.example', base: '/docs/' }), [
      'index.html: <a href> /en/ leaves the base path /docs/',
      'index.html: <link href> https://s.example/x/ leaves the base path /docs/',
    ]);
  });

  it('names relative links of the page that answers at any depth', async () => {
    assert.deepEqual(
      await faultsOf({ '404.html': '<a href="en/">a</a><a href="/404.html">b</a>', 'en/index.html': '' }),
      ['404.html: <a href> en/ is relative, and this page answers at any depth'],
    );
  });

  it('fails where nothing was built', async () => {
    await assert.rejects(faultsOf({ 'a.txt': '' }), /There is no page in .*npm run build first/);
  });
});
