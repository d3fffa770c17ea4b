import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addressesOf,
  addressesToText,
  findAddressFaults,
  parseAddresses,
  type Addresses,
} from '../../../scripts/address-list.ts';
import { parsePage } from '../../../scripts/built-pages.ts';

/** The faults of a site that has a lab `a` with a stop on one page, unless something else is said. */
function faultsOf(change: Partial<Addresses>): readonly string[] {
  const built = ['', 'en/x/', 'en/x/#a', 'en/x/#a/start'];
  return findAddressFaults({ built, listed: built, moved: {}, ...change });
}

describe('the check of addresses', () => {
  it('reads pages, labs and stops from the built pages, and neither steps nor lines nor what is in a template', () => {
    const idsToHtml = (ids: readonly string[]): string => ids.map((id) => `<p id="${id}"></p>`).join('');
    const ids = ['top', 'a', 'a-title', 'a-file-1-L1', 'a/start', 'a/step-1', 'b', 'b/step-2'];
    const pages = [
      parsePage('en/x/index.html', `<template>${idsToHtml(['c', 'c/start'])}</template>${idsToHtml(ids)}`),
      parsePage('404.html', idsToHtml(['content'])),
      parsePage('index.html', idsToHtml(['content'])),
    ];
    assert.deepEqual(addressesOf(pages), ['', 'en/x/', 'en/x/#a', 'en/x/#a/start', 'en/x/#b']);
  });

  it('writes the list as it reads it', () => {
    const text = '/\nen/x/\nen/x/#a\n';
    assert.deepEqual(parseAddresses(text), ['', 'en/x/', 'en/x/#a']);
    assert.equal(addressesToText(['en/x/#a', 'en/x/', '']), text);
  });

  it('passes a site that has every address of the list', () => {
    assert.deepEqual(faultsOf({}), []);
  });

  it('names the command that adds a new address', () => {
    assert.deepEqual(faultsOf({ listed: ['en/x/', 'en/x/#a', 'en/x/#a/start'] }), [
      '/ is new.',
      'npm run check:addresses -- --write adds what is new to content/addresses.txt; commit it.',
    ]);
  });

  it('names an address that is gone, and the file that can lead on', () => {
    assert.deepEqual(faultsOf({ built: ['', 'en/x/', 'en/x/#a'] }), [
      'en/x/#a/start is gone: bring it back, or write into content/moved.json where its readers shall go.',
    ]);
  });

  it('passes a lab and a page that were led on with all that was on them', () => {
    const built = ['', 'en/x/', 'en/y/', 'en/y/#b', 'en/y/#b/start'];
    const listed = [...built, 'en/x/#a', 'en/x/#a/start', 'en/y/#a', 'en/y/#a/start'];
    const moved = { 'en/x/': 'en/y/', 'en/y/#a': 'en/y/#b' };
    assert.deepEqual(faultsOf({ built, listed, moved }), []);
  });

  it('names what is led to nothing, by its own entry or by that of its page', () => {
    const listed = ['', 'en/x/', 'en/x/#a', 'en/x/#a/start', 'en/old/', 'en/old/#b', 'en/gone/'];
    const moved = { 'en/old/': 'en/x/', 'en/gone/': 'en/nowhere/' };
    assert.deepEqual(faultsOf({ listed, moved }), [
      'content/moved.json leads en/gone/ to en/nowhere/, and so to en/nowhere/, which is not there: give it an address that is.',
      'en/old/#b is led to en/x/#b, which is not there: give it an entry of its own in content/moved.json.',
    ]);
  });

  it('names an entry that goes in a circle, one for what is still there, and one for what never was', () => {
    const listed = ['', 'en/x/', 'en/x/#a', 'en/x/#a/start', 'en/1/', 'en/2/'];
    const moved = { 'en/1/': 'en/2/', 'en/2/': 'en/1/', 'en/x/#a': 'en/x/', 'en/never/': 'en/x/' };
    assert.deepEqual(faultsOf({ listed, moved }), [
      'content/moved.json leads en/1/ round in a circle: give it the address of something that is there.',
      'content/moved.json leads en/2/ round in a circle: give it the address of something that is there.',
      'content/moved.json leads en/x/#a on, but the site still has it: remove the entry, or what has that address.',
      'content/moved.json leads en/never/ on, which is no address of content/addresses.txt: correct the entry or remove it.',
    ]);
  });
});
