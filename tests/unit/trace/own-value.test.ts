/** Names like those of every object's own parts are names: of locals, of files, of an address that is asked for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isMeasured, rowToKnown } from '../../../src/explain/intake/columns.ts';
import { readValue, toValue } from '../../../src/explain/intake/json.ts';
import { listedFile } from '../../../src/offline/build-files.ts';
import { taskPath } from '../../../src/platforms/description.ts';
import { localsToRows } from '../../../src/lab/stack/locals-rows.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import { ownValue } from '../../../src/trace/own-value.ts';
import { Replay } from '../../../src/trace/replay.ts';

const NAMES = ['constructor', 'toString', 'hasOwnProperty', '__proto__'] as const;

/** A record with such names of its own. */
const record = (value: string): Readonly<Record<string, string>> =>
  Object.fromEntries(NAMES.map((name) => [name, value]));

describe('a name that every object has something under', () => {
  it('is not there where nobody has put it, and is there where somebody has', () => {
    for (const name of NAMES) {
      assert.equal(ownValue({}, name), undefined);
      assert.equal(ownValue(record('x'), name), 'x');
    }
  });

  it('is a local like others: new, changed, gone', () => {
    const events: TraceEvent[] = [
      {
        kind: 'call',
        frame: 0,
        caller: null,
        source: '/f.py',
        line: 1,
        name: 'f',
        owner: 'handler',
        locals: {},
      },
      { kind: 'line', frame: 0, line: 2, changed: record('1') },
      { kind: 'line', frame: 0, line: 3, changed: record('2') },
      { kind: 'line', frame: 0, line: 4, gone: [...NAMES] },
    ];
    const replay = new Replay({ events });
    const rowsAt = (step: number) => {
      const { stack, changes } = replay.at(step);
      const { rows, leftOut } = localsToRows(stack.at(-1)?.locals ?? {}, changes);
      return { rows: rows.map(({ name, value, change }) => [name, value, change]), leftOut };
    };
    assert.deepEqual(rowsAt(2), { rows: NAMES.map((name) => [name, '1', 'new']), leftOut: 0 });
    assert.deepEqual(rowsAt(3), { rows: NAMES.map((name) => [name, '2', 'changed']), leftOut: 0 });
    assert.deepEqual(rowsAt(4), { rows: NAMES.map((name) => [name, null, 'gone']), leftOut: 0 });
  });

  it('is a file of the function, under that name', () => {
    for (const name of NAMES)
      assert.equal(taskPath({ task: '/var/task', renames: { 'a.py': 'b.py' } }, name), `/var/task/${name}`);
  });

  it('is an address that no build lists', () => {
    for (const name of NAMES) assert.equal(listedFile({ files: {} }, name), undefined);
  });

  it('is a word of a pasted value, or a key in it', () => {
    for (const name of NAMES) {
      assert.equal(toValue(readValue(name)), name);
      assert.deepEqual(toValue(readValue(`{"${name}": ${name}}`)), JSON.parse(`{"${name}": "${name}"}`));
    }
  });

  it('is a column of a query, or a kind of row in one, that tells nothing', () => {
    for (const name of NAMES) {
      const row = rowToKnown([
        [name, '12'],
        ['@duration', '3'],
        ['@type', name],
      ]);
      assert.deepEqual(row, { kind: 'report', fields: { durationMs: 3, row: 'query' } });
      assert.equal(isMeasured([`@${name}`, name]), false);
    }
  });
});
