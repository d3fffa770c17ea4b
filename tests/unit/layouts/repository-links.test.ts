import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportWithHash, repositoryLinks } from '../../../src/layouts/repository-links.ts';

test('a report names the page’s address, and an edit opens the page’s file', () => {
  const links = repositoryLinks(
    'https://git.example/docs/',
    'content/articles/en/who-called-me.mdx',
    'https://docs.example/en/who-called-me/',
  );
  const report = new URL(links?.report ?? '');
  assert.equal(`${report.origin}${report.pathname}`, 'https://git.example/docs/issues/new');
  assert.deepEqual(Object.fromEntries(report.searchParams), {
    title: 'https://docs.example/en/who-called-me/',
    body: 'https://docs.example/en/who-called-me/\n\n',
  });
  assert.equal(links?.edit, 'https://git.example/docs/edit/main/content/articles/en/who-called-me.mdx');
  assert.equal(links.source, 'https://git.example/docs');
});

test('a page that is made of several files is not edited by a link, but can be reported', () => {
  const links = repositoryLinks('https://git.example/docs', null, '/en/');
  assert.equal(links?.edit, null);
  assert.equal(links.report, 'https://git.example/docs/issues/new?title=%2Fen%2F&body=%2Fen%2F%0A%0A');
});

test('without a repository no link is made up', () => {
  assert.equal(repositoryLinks(null, 'content/articles/en/who-called-me.mdx', '/en/who-called-me/'), null);
});

test('a report names the place on the page, unless that is too long for an address', () => {
  const address = 'https://docs.example/en/who-called-me/';
  const { report = '' } = repositoryLinks('https://git.example/docs', null, address) ?? {};
  assert.equal(reportWithHash(report, ''), report);
  const { searchParams } = new URL(reportWithHash(report, '#print-the-stack--lambda-today~1.abc_-'));
  assert.deepEqual(Object.fromEntries(searchParams), {
    title: address,
    body: `${address}#print-the-stack--lambda-today~1.abc_-\n\n`,
  });
  assert.equal(reportWithHash(report, `#${'a'.repeat(8000)}`), report);
});
