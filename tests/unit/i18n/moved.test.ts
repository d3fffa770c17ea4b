import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formerLabs, leadOn, movedOfPage, movedPages } from '../../../src/i18n/moved.ts';

const MOVED = {
  'en/old/': 'en/new/',
  'en/old/#b': 'en/other/#c',
  'en/new/#a': 'en/new/#z',
  'en/x/#a/start': 'en/x/#a/begin',
  'en/x/#gone': 'en/x/',
  'en/x/#to-stop': 'en/x/#a/begin',
  'en/1/': 'en/2/',
  'en/2/': 'en/1/',
};

describe('an address that has moved', () => {
  it('leads to itself when it has not', () => {
    assert.equal(leadOn('en/x/#a/end', MOVED), 'en/x/#a/end');
    assert.equal(leadOn('', MOVED), '');
  });

  it('takes what is on a page and in a lab along', () => {
    assert.equal(leadOn('en/old/', MOVED), 'en/new/');
    assert.equal(leadOn('en/old/#heading', MOVED), 'en/new/#heading');
    assert.equal(leadOn('en/new/#a/step-14', MOVED), 'en/new/#z/step-14');
  });

  it('goes by the entry that names the most, and by as many as there are', () => {
    assert.equal(leadOn('en/old/#b/start', MOVED), 'en/other/#c/start');
    assert.equal(leadOn('en/old/#a/start', MOVED), 'en/new/#z/start');
    assert.equal(leadOn('en/x/#a/start', MOVED), 'en/x/#a/begin');
  });

  it('leaves behind what has no place in the new address', () => {
    assert.equal(leadOn('en/x/#gone/start', MOVED), 'en/x/');
    assert.equal(leadOn('en/x/#to-stop/step-3', MOVED), 'en/x/#a/begin');
  });

  it('ends nowhere when the entries go in a circle', () => {
    assert.equal(leadOn('en/1/#a', MOVED), null);
  });

  it('is an entry of its page', () => {
    assert.deepEqual(movedOfPage('en/old/', MOVED), { 'en/old/': 'en/new/', 'en/old/#b': 'en/other/#c' });
    assert.deepEqual(movedPages(MOVED), ['en/old/', 'en/1/', 'en/2/']);
  });
});

describe('a lab that has moved', () => {
  it('knows the ids that it had, wherever it was', () => {
    assert.deepEqual(formerLabs('c', MOVED), ['b']);
    assert.deepEqual(formerLabs('z', MOVED), ['a']);
    assert.deepEqual(formerLabs('x', MOVED), []);
    assert.deepEqual(formerLabs('new', { 'en/a/#old': 'en/b/#mid', 'en/b/#mid': 'en/c/#new' }), [
      'old',
      'mid',
    ]);
  });
});
