import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import en from '../../../../content/ui/en.json' with { type: 'json' };
import {
  FunctionFault,
  FunctionStore,
  MAX_NAME,
  readKept,
  type FunctionFaultKey,
  type KeptFunction,
  type Shelf,
} from '../../../../src/lab/functions/function-store.ts';
import type { CodeRecord } from '../../../../src/lab/link/code-record.ts';

const record = (text: string): CodeRecord => ({
  at: 'playground',
  platform: 'lambda-today',
  files: { '/var/task/lambda_function.py': text },
});

/** A shelf that two tabs share. `broken` is the fault that its next write ends in. */
class MemoryShelf implements Shelf {
  kept: readonly KeptFunction[] = [];
  broken: FunctionFaultKey | null = null;

  read(): Promise<readonly KeptFunction[]> {
    return Promise.resolve(this.kept);
  }

  change: Shelf['change'] = async (decide) => {
    await Promise.resolve();
    const { put, remove, result } = decide(this.kept);
    if (this.broken !== null) throw new FunctionFault(this.broken);
    const others = this.kept.filter(({ id }) => id !== put?.id && id !== remove);
    this.kept = put === undefined ? others : [...others, structuredClone(put)];
    return result;
  };
}

function makeTabs() {
  const shelf = new MemoryShelf();
  let time = 0;
  let ids = 0;
  const changes: string[] = [];
  const tab = (name: string) =>
    new FunctionStore(shelf, {
      now: () => (time += 1),
      newId: () => String((ids += 1)),
      changed: () => changes.push(name),
    });
  return { shelf, changes, one: tab('one'), other: tab('other') };
}

const namesOf = async (store: FunctionStore) => (await store.list()).map(({ name }) => name);

describe('functions that are kept', () => {
  it('are listed with the one saved last first, and are as they were saved', async () => {
    const { one, other } = makeTabs();
    const first = await one.saveAs('first', record('1'));
    await one.saveAs('second', record('2'));
    assert.deepEqual(await namesOf(other), ['second', 'first']);
    await one.save(first, record('1 again'));
    assert.deepEqual(await namesOf(other), ['first', 'second']);
    const [newest] = await other.list();
    assert.ok(newest !== undefined);
    assert.deepEqual(readKept(newest), record('1 again'));
    assert.equal(newest.revision, 2);
  });

  it('have names of one line that differ by more than capitals', async () => {
    const { one, shelf, changes } = makeTabs();
    const { name } = await one.saveAs('  the\n order\u200bs\u2028 ', record('1'));
    assert.equal(name, 'the order s');
    await assert.rejects(one.saveAs('The Order S', record('2')), { key: 'taken' });
    await assert.rejects(one.saveAs(' \n', record('2')), { key: 'empty' });
    await assert.rejects(one.saveAs('x'.repeat(MAX_NAME + 1), record('2')), { key: 'long' });
    assert.equal(shelf.kept.length, 1);
    assert.deepEqual(changes, ['one'], 'what failed is no change');
  });

  it('are never overwritten by a tab that has opened an older state', async () => {
    const { one, other } = makeTabs();
    const opened = await one.saveAs('mine', record('1'));
    await other.save(opened, record('from the other tab'));
    await assert.rejects(one.save(opened, record('from this tab')), { key: 'conflict' });
    assert.deepEqual((await one.list())[0]?.record, record('from the other tab'));
    const copy = await one.saveBeside('mine', record('from this tab'));
    assert.equal(copy.name, 'mine 2');
    assert.deepEqual(await namesOf(other), ['mine 2', 'mine']);
  });

  it('of two tabs that save at once, one alone is saved over', async () => {
    const { one, other } = makeTabs();
    const opened = await one.saveAs('mine', record('1'));
    const both = await Promise.allSettled([one.save(opened, record('a')), other.save(opened, record('b'))]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('that are gone are not brought back by a save', async () => {
    const { one, other, shelf } = makeTabs();
    const opened = await one.saveAs('mine', record('1'));
    await other.remove(opened.id);
    for (const late of [one.save(opened, record('2')), one.rename(opened.id, 'x'), one.remove(opened.id)])
      await assert.rejects(late, { key: 'gone' });
    assert.deepEqual(shelf.kept, []);
  });

  it('come back from a deletion as they were, under another name where theirs is taken', async () => {
    const { one, other } = makeTabs();
    const opened = await one.saveAs('mine', record('1'));
    const removed = await one.remove(opened.id);
    assert.deepEqual(await one.restore(removed), opened);
    assert.deepEqual(await one.restore(removed), opened, 'twice is once');
    await one.remove(opened.id);
    await other.saveAs('Mine', record('2'));
    assert.equal((await one.restore(removed)).name, 'mine 2');
    assert.equal((await one.list()).length, 2);
  });

  it('keep their text under a new name, so that who has it open can save', async () => {
    const { one, other } = makeTabs();
    const opened = await one.saveAs('mine', record('1'));
    await other.rename(opened.id, 'theirs');
    await other.rename(opened.id, 'Theirs');
    const saved = await one.save(opened, record('2'));
    assert.equal(saved.name, 'Theirs');
    await one.saveAs('third', record('3'));
    await assert.rejects(one.rename(opened.id, 'THIRD'), { key: 'taken' });
  });

  it('are duplicated under names that are free and not too long', async () => {
    const { one } = makeTabs();
    const long = 'y'.repeat(MAX_NAME);
    const { id } = await one.saveAs(long, record('1'));
    const copyOf = (name: string) => `${name}, copy`;
    const names = [await one.duplicate(id, copyOf), await one.duplicate(id, copyOf)];
    for (const { name } of names) assert.ok(name.length <= MAX_NAME, name);
    assert.equal(new Set([long, ...names.map(({ name }) => name)]).size, 3);
    const short = await one.saveAs('count 2', record('2'));
    assert.equal((await one.duplicate(short.id, (name) => name)).name, 'count 3');
  });

  it('stay as they are where there is no room for more', async () => {
    const { one, shelf, changes } = makeTabs();
    const opened = await one.saveAs('mine', record('1'));
    shelf.broken = 'full';
    await assert.rejects(one.save(opened, record('2')), { key: 'full' });
    await assert.rejects(one.saveAs('more', record('2')), { key: 'full' });
    assert.deepEqual(shelf.kept, [opened]);
    assert.deepEqual(changes, ['one']);
  });

  it('that another build has written in another form are said to be unreadable', () => {
    const kept = { id: '1', name: 'x', changed: 1, revision: 1 };
    const later = { ...record('1'), colour: 'blue' };
    for (const strange of [later, null, { files: {} }] as unknown as CodeRecord[])
      assert.throws(() => readKept({ ...kept, record: strange }), { key: 'unreadable' });
  });

  it('open again however long their texts are, and whatever is in them', () => {
    const kept = { id: '1', name: 'x', changed: 1, revision: 1 };
    const long = {
      ...record('x = 1\n'.repeat(3000)),
      handler: `${'a'.repeat(200)}.b`,
      event: '"\u202e"',
      variables: { at: '\u202e' },
    };
    assert.equal(readKept({ ...kept, record: long }), long);
    const strange = { ...long, files: { '/var/task/../x.py': '' } };
    assert.throws(() => readKept({ ...kept, record: strange }), { key: 'unreadable' });
  });

  it('have a sentence for each fault', () => {
    const { fault } = en.functions;
    const keys: FunctionFaultKey[] = ['taken', 'empty', 'long', 'conflict', 'gone', 'full', 'refused'];
    for (const key of [...keys, 'unreadable'] as const) assert.ok(fault[key].length > 20, key);
  });
});
