import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RawOutput } from '../../../src/sandbox/raw-output.ts';

function open(limit: number): { raw: RawOutput; seen: string[]; write: (text: string) => void } {
  const seen: string[] = [];
  const raw = new RawOutput(
    (text) => seen.push(text),
    (limit) => seen.push(`<cut at ${String(limit)}>`),
  );
  raw.begin(limit);
  return {
    raw,
    seen,
    write: (text) => {
      raw.write(new TextEncoder().encode(text));
    },
  };
}

describe('what is written past the runtime', () => {
  it('is passed on as it comes', () => {
    const { seen, write } = open(100);
    write('one');
    write(' two\nthree');
    assert.deepEqual(seen, ['one', ' two\nthree']);
  });

  it('may be cut inside a character', () => {
    const { raw, seen } = open(100);
    const bytes = new TextEncoder().encode('日本');
    raw.write(bytes.subarray(0, 4));
    raw.write(bytes.subarray(4));
    assert.equal(seen.join(''), '日本');
  });

  it('is held to the cap, and what follows is told once', () => {
    const { raw, seen, write } = open(5);
    write('1234567');
    write('89');
    assert.deepEqual(seen, ['12345', '<cut at 5>']);
    raw.begin(5);
    write('again');
    assert.deepEqual(seen.slice(2), ['again']);
  });

  it('hides the lab’s own frames, in whatever pieces they come', () => {
    const { seen, write } = open(1000);
    const dump =
      '  File "/var/task/a.py", line 1 in f\n  File "/harness/harness/recorder.py", line 2 in g\n  File "/b.py", line 3 in h\n';
    for (const piece of dump.match(/[^]{1,5}/g) ?? []) write(piece);
    assert.equal(seen.join(''), '  File "/var/task/a.py", line 1 in f\n  File "/b.py", line 3 in h\n');
  });

  it('that only begins like such a frame is not lost', () => {
    const { raw, seen, write } = open(1000);
    write('  ');
    assert.deepEqual(seen, []);
    raw.end();
    assert.deepEqual(seen, ['  ']);
    write('a line with   File "/harness/ inside\n');
    assert.equal(seen[1], 'a line with   File "/harness/ inside\n');
  });

  it('may end inside a frame of the lab’s, or inside a character', () => {
    const { raw, seen, write } = open(1000);
    write('  File "/harness/harness/native.py", line');
    raw.end();
    assert.deepEqual(seen, []);
    raw.write(new TextEncoder().encode('a日').subarray(0, 3));
    raw.end();
    assert.equal(seen.join(''), 'a\ufffd');
  });

  it('counts nothing that is hidden', () => {
    const { seen, write } = open(5);
    write('  File "/harness/harness/native.py", line 1 in f\n12345');
    assert.deepEqual(seen, ['12345']);
    write('6');
    assert.deepEqual(seen, ['12345', '<cut at 5>']);
  });
});
