import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MOST_BYTES, MOST_LINES } from '../../../src/components/explain/limits.ts';
import { hasMoreLines, readSource } from '../../../src/components/explain/read-source.ts';
import { ReadFault, type ReadFaultKey } from '../../../src/components/explain/told.ts';

const LOG = 'START RequestId: 7030124e-c30e-452a-b538-7076c055fe43 Version: $LATEST\nハンドラー\n';

const read = (bytes: BlobPart, name = 'a.log'): Promise<string> =>
  readSource({ file: new File([bytes], name) }, () => undefined);

async function faultOf(work: Promise<unknown>): Promise<ReadFaultKey> {
  const fault: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(fault instanceof ReadFault, String(fault));
  return fault.key;
}

describe('a file to explain', () => {
  it('is read as it is, packed, or in UTF-16, by its bytes and never by its name', async () => {
    assert.equal(await read(LOG), LOG);
    assert.equal(await read(gzipSync(LOG), 'a.txt'), LOG);
    assert.equal(await read(`\ufeff${LOG}`), LOG);
    assert.equal(await read(Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(LOG, 'utf16le')])), LOG);
  });

  it('has lines, however they end', async () => {
    assert.equal(await read(LOG.replaceAll('\n', '\r')), LOG);
    assert.equal(await read('a\rb\r\nc\n'), 'a\rb\r\nc\n');
  });

  it('tells how much of it was read', async () => {
    const told: number[] = [];
    await readSource({ file: new File(['x'.repeat(300_000)], 'a') }, ({ done, all }) => {
      assert.equal(all, 300_000);
      told.push(done);
    });
    assert.equal(told.at(-1), 300_000);
  });

  it('is refused when it is no text, or damaged', async () => {
    assert.equal(await faultOf(read(new Uint8Array(4000))), 'noText');
    assert.equal(
      await faultOf(read(Uint8Array.from({ length: 4000 }, (_, at) => (at * 37) % 256))),
      'noText',
    );
    const packed = gzipSync(LOG.repeat(100));
    assert.equal(await faultOf(read(packed.subarray(0, packed.length - 12))), 'damaged');
  });

  it('is refused beyond the limits, packed as well: a small file may unpack to anything', async () => {
    assert.equal(await faultOf(read(new Uint8Array(MOST_BYTES + 1).fill(97))), 'tooLong');
    assert.equal(await faultOf(read(gzipSync(Buffer.alloc(MOST_BYTES + 1, 'a')))), 'tooLong');
    assert.equal(await faultOf(readSource({ text: '\n'.repeat(MOST_LINES) }, () => undefined)), 'tooMany');
  });
});

describe('the lines of a text', () => {
  it('are counted up to a bound', () => {
    assert.equal(hasMoreLines('a\nb\nc', 2), true);
    assert.equal(hasMoreLines('a\nb\nc', 3), false);
    assert.equal(hasMoreLines('', 1), false);
  });
});
