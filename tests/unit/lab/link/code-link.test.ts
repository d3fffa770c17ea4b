import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import {
  fragmentToPlace,
  MAX_LINK,
  readCodeLink,
  writeCodeLink,
} from '../../../../src/lab/link/code-link.ts';
import type { CodeRecord } from '../../../../src/lab/link/code-record.ts';
import { LinkFault } from '../../../../src/lab/link/link-fault.ts';
import { changesToRecord, recordToChanges, type LinkedLab } from '../../../../src/lab/link/link-in-lab.ts';
import { hostileLinks } from '../../../hostile-links.ts';
import en from '../../../../content/ui/en.json' with { type: 'json' };
import ja from '../../../../content/ui/ja.json' with { type: 'json' };
import { linkTo } from './packed-record.ts';

const ID = 'print-the-stack--lambda-2016';
const FILE = '/var/task/lambda_function.py';
const LAB: LinkedLab = {
  ids: [ID, 'older--lambda-2016'],
  platform: 'lambda-2016',
  setup: { handler: 'lambda_function.lambda_handler', timeout: 3000, variables: { STAGE: 'dev' } },
  taskRoot: '/var/task',
  originals: { [FILE]: 'pass\n', event: '{}' },
};

const open = async (hash: string) => recordToChanges(await readCodeLink(hash), LAB);

describe('a hostile link', () => {
  for (const { what, hash, fault } of hostileLinks(ID)) {
    it(`${what} ends in one sentence`, async () => {
      const error = await open(hash).then(
        () => null,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof LinkFault, String(error));
      assert.equal(error.key, fault);
      assert.match(error.about, /^[\x21-\x7e]{0,40}…?$/, 'what a sentence shows of it is plain');
      for (const words of [en, ja]) assert.ok(words.lab.link.fault[error.key] !== '');
    });
  }

  it('is not unpacked further than it may be', async () => {
    // Its last piece is broken: who had unpacked it all would know.
    const bomb = linkTo(ID, ' '.repeat(5_000_000)).slice(0, -8);
    await assert.rejects(open(bomb), { key: 'huge' });
  });
});

describe('a fragment', () => {
  it('is meant as a code link where its mark follows a name', () => {
    assert.equal(fragmentToPlace(`#${ID}~1.x`), ID);
    assert.equal(fragmentToPlace(`#${ID}%7E1.x`), ID, 'as some programs write it');
    for (const other of ['', '#', `#${ID}`, `#${ID}/step-3`, '#?secret=a~b', '#:~:text=a', '#~1.x'])
      assert.equal(fragmentToPlace(other), null, other);
  });

  it('with its mark encoded is read as well', async () => {
    const link = await writeCodeLink({ at: ID, event: '1' });
    assert.deepEqual(await readCodeLink(link.replace('~', '%7E')), { at: ID, event: '1' });
  });
});

describe('a code link', () => {
  it('of version 1 is read as on the day it was made', async () => {
    const path = new URL('../../../fixtures/code-links.json', import.meta.url);
    const kept = JSON.parse(await readFile(path, 'utf8')) as { link: string; record: CodeRecord }[];
    assert.ok(kept.length >= 5);
    for (const { link, record } of kept) assert.deepEqual(await readCodeLink(link), record);
  });

  it('gives back any text, character by character', async () => {
    const random = makeRandom(24);
    const texts = [
      '',
      '\r\n\r\n',
      '\ufeffprint(1)\n',
      'a\0b\x07\x1b[31m\x7f',
      'שלום، مرحبا\u200f\u200e',
      '👩‍👩‍👧 e\u0301 é 関数\u3000',
      '\ud800 \udc00 \udfff\ud83d',
      '\u2028\u2029\u0085\u200b',
      '{"__proto__": null}',
      ...Array.from({ length: 300 }, () => makeText(random)),
    ];
    for (const text of texts) {
      const record = { at: ID, files: { [FILE]: text }, event: text };
      const { texts: back } = await open(await writeCodeLink(record));
      assert.equal(back[FILE], text);
      assert.equal(back.event, text);
    }
  });

  it('carries what the reader has changed, without files of the runtime, and the step', async () => {
    const texts = { [FILE]: 'x = 1\r\n', event: 'half {', '/var/runtime/bootstrap.py': 'mine' };
    const { record, elsewhere } = changesToRecord({ texts, step: 14 }, LAB);
    assert.deepEqual(elsewhere, ['/var/runtime/bootstrap.py']);
    assert.deepEqual(record, { at: ID, files: { [FILE]: 'x = 1\r\n' }, event: 'half {', step: 14 });
    assert.deepEqual(await open(await writeCodeLink(record)), {
      texts: { [FILE]: 'x = 1\r\n', event: 'half {' },
      step: 14,
    });
    assert.deepEqual(changesToRecord({ texts: {}, step: null }, LAB).record, { at: ID });
  });

  it('may say what the lab has anyway, and name it as it was called before it moved', async () => {
    const { handler, timeout, variables } = LAB.setup;
    const same = { platform: LAB.platform, handler, timeout, variables, layers: {} };
    assert.deepEqual(await open(linkTo(ID, { at: ID, ...same })), { texts: {}, step: null });
    const older = 'older--lambda-2016';
    assert.deepEqual(await open(linkTo(older, { at: older, event: '1' })), {
      texts: { event: '1' },
      step: null,
    });
  });

  it('has at most so many characters, and is not made of what it may not hold', async () => {
    const random = makeRandom(7);
    const noise = (length: number) =>
      Array.from({ length }, () => String.fromCharCode(33 + random(90))).join('');
    const fits = await writeCodeLink({ at: ID, event: noise(6000) });
    assert.ok(fits.length > 6500 && fits.length <= MAX_LINK);
    await assert.rejects(writeCodeLink({ at: ID, event: noise(9000) }), { key: 'long' });
    await assert.rejects(writeCodeLink({ at: ID, event: ' '.repeat(70_000) }), { key: 'long' });
    await assert.rejects(writeCodeLink({ at: ID, files: { [FILE]: '\u202e' } }), { key: 'order' });
  });

  it('for a playground carries all of it', async () => {
    const record: CodeRecord = {
      at: 'playground',
      platform: 'fn',
      start: 'module',
      files: { '/function/func.py': 'pass\n', '/function/old.py': null },
      handler: 'func.handler',
      event: '{}',
      variables: { STAGE: 'dev' },
      timeout: 3000,
      memory: 128,
      layers: { '/opt/python/shared.py': 'x = 1\n' },
      step: 1,
    };
    assert.deepEqual(await readCodeLink(await writeCodeLink(record)), record);
  });
});

/** Numbers below a limit, the same at every run (mulberry32). */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Any characters of 16 bits but the nine that turn a line round. */
function makeText(random: (below: number) => number): string {
  const ranges = [0x80, 0x800, 0x10000];
  const units = Array.from({ length: random(200) }, () => random(ranges[random(3)] ?? 0));
  return String.fromCharCode(...units).replace(/[\u202a-\u202e\u2066-\u2069]/g, '·');
}
