import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findStorage, openDraft } from '../../../src/lab/code/drafts.ts';

const ORIGINALS = { '/var/task/a.py': 'pass\n', event: '{}' };

/** A browser's storage, as far as drafts use it. */
function makeStorage(entries: Record<string, string> = {}): Storage {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  } as unknown as Storage;
}

const refuse = (): never => {
  throw new DOMException('refused', 'QuotaExceededError');
};

describe('a draft', () => {
  it('is there again at the next visit, and is told from one of another lab', () => {
    const storage = makeStorage();
    assert.equal(openDraft(storage, 'lab', () => ORIGINALS).save({ event: '1' }), true);
    assert.deepEqual(openDraft(storage, 'lab', () => ORIGINALS).load(), {
      texts: { event: '1' },
      fits: true,
    });
    assert.equal(openDraft(storage, 'other', () => ORIGINALS).load(), null);
  });

  it('says that the example has changed since it was made', () => {
    const storage = makeStorage();
    openDraft(storage, 'lab', () => ORIGINALS).save({ event: '1' });
    const draft = openDraft(storage, 'lab', () => ({ ...ORIGINALS, event: '[]' })).load();
    assert.deepEqual(draft, { texts: { event: '1' }, fits: false });
  });

  it('goes along with a lab that has moved, where the lab has none of its own', () => {
    const kept = '{"original":"1","texts":{"event":"old"}}';
    const storage = makeStorage({ 'draft:older': kept, 'draft:oldest': kept });
    const open = () => openDraft(storage, 'lab', () => ORIGINALS, ['old', 'older', 'oldest']);
    const store = open();
    assert.deepEqual(store.load(), { texts: { event: 'old' }, fits: false });
    assert.deepEqual([storage.getItem('draft:lab'), storage.getItem('draft:older')], [kept, null]);
    store.save({ event: 'new' });
    assert.deepEqual(open().load()?.texts, { event: 'new' });
    assert.equal(storage.getItem('draft:oldest'), kept, 'what was not taken is not dropped');
  });

  it('can be forgotten', () => {
    const storage = makeStorage();
    const store = openDraft(storage, 'lab', () => ORIGINALS);
    store.save({ event: '1' });
    store.forget();
    assert.equal(store.load(), null);
  });

  it('that somebody else has written there is none', () => {
    for (const text of [
      '',
      'null',
      '1',
      '{}',
      '{"original": "x", "texts": {"event": 1}}',
      '{"original": 1, "texts": {}}',
    ]) {
      assert.equal(openDraft(makeStorage({ 'draft:lab': text }), 'lab', () => ORIGINALS).load(), null, text);
    }
  });

  it('is not kept where the browser refuses, and nothing breaks', () => {
    const full = { getItem: refuse, setItem: refuse, removeItem: refuse } as unknown as Storage;
    for (const storage of [null, full]) {
      const store = openDraft(storage, 'lab', () => ORIGINALS);
      assert.equal(store.save({ event: '1' }), false);
      assert.equal(store.load(), null);
      store.forget();
    }
    const view = {
      get localStorage(): Storage {
        return refuse();
      },
    };
    assert.equal(findStorage(view), null);
  });
});
