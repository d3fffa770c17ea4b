import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { zipFiles, type ZippedFile } from '../../../src/lab/storage/zip-files.ts';

const run = promisify(execFile);
const never = new AbortController().signal;
const breathe = (): Promise<void> => Promise.resolve();
const file = (name: string, bytes: Uint8Array): ZippedFile => ({ name, bytes: () => Promise.resolve(bytes) });

/** What Python reads in an archive: names to the bytes' SHA-256. Rejects when it finds it broken. */
async function readByPython(pieces: readonly Uint8Array[]): Promise<Record<string, string>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zip-'));
  try {
    const archive = path.join(folder, 'a.zip');
    await writeFile(archive, Buffer.concat(pieces));
    const script = `import hashlib, json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps({n: hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist()}))`;
    const { stdout } = await run(process.env.PYTHON ?? 'python3', ['-c', script, archive]);
    const unzip = await run('unzip', ['-tqq', archive]).catch((error: unknown) => error);
    // Where there is no unzip, Python's word has to do.
    if (!(unzip instanceof Error && 'code' in unzip && unzip.code === 'ENOENT'))
      assert.ok(!(unzip instanceof Error), String(unzip));
    return JSON.parse(stdout) as Record<string, string>;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
}

describe('an archive', () => {
  it('holds files of any name, and empty ones, as unzip and Python read them', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * at) % 251);
    const names = ['a b.txt', '日本/ファイル', '../up', 'x'.repeat(255), 'empty', 'same', 'same'];
    const files = names.map((name) => file(name, name === 'empty' ? new Uint8Array() : bytes));
    const read = await readByPython(await zipFiles(files, () => undefined, never, breathe));
    const whole = await sha256(bytes);
    assert.deepEqual(read, {
      'a b.txt': whole,
      '日本/ファイル': whole,
      '%2E%2E/up': whole,
      ['x'.repeat(255)]: whole,
      empty: await sha256(new Uint8Array()),
      same: whole,
      'same~2': whole,
    });
  });

  it('of no file at all is one', async () => {
    const pieces = await zipFiles([], () => undefined, never, breathe);
    assert.equal(Buffer.concat(pieces).length, 22);
  });

  it('of 500 files and 50 MB lets the page breathe at every piece, and tells how far it is', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256);
    const files = Array.from({ length: 500 }, (_, at) => file(`file ${String(at)}`, bytes));
    const told: number[] = [];
    let breaths = 0;
    const pieces = await zipFiles(
      files,
      (done, of) => told.push(done / of),
      never,
      () => {
        breaths += 1;
        return Promise.resolve();
      },
    );
    assert.deepEqual([told.length, told[0], told.at(-1), breaths], [500, 1 / 500, 1, 500]);
    assert.equal(Object.keys(await readByPython(pieces)).length, 500);
  });

  it('ends when nobody wants it any more', async () => {
    const stop = new AbortController();
    const making = zipFiles(
      [file('a', new Uint8Array(10)), file('b', new Uint8Array(10))],
      () => {
        stop.abort();
      },
      stop.signal,
      breathe,
    );
    await assert.rejects(making, { name: 'AbortError' });
  });

  it('is not made when a file cannot be had', async () => {
    const gone = { name: 'a', bytes: () => Promise.reject(new Error('gone')) };
    await assert.rejects(
      zipFiles([gone], () => undefined, never, breathe),
      { message: 'gone' },
    );
  });
});
