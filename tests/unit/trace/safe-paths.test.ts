import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { namesToSafePaths } from '../../../src/trace/safe-paths.ts';

describe('a name that becomes a path', () => {
  it('stays as it is where that is harmless', () => {
    const names = [
      'a',
      'a b',
      '日本/ファイル.txt',
      'x'.repeat(255),
      '.hidden',
      'a...b',
      'a%b',
      '-rf',
      'nullable.txt',
      '👩\u200d💻',
    ];
    assert.deepEqual(namesToSafePaths(names), names);
  });

  it('leads out of no folder, and to something that can be written', () => {
    assert.deepEqual(
      namesToSafePaths(['../../etc/passwd', '/var/x', './a', '', 'b//c', 'd/', 'e\\..\\f', 'g\0\nh']),
      ['%2E%2E/%2E%2E/etc/passwd', '%/var/x', '%2E/a', '%~2', 'b/%/c', 'd/%', 'e%5C..%5Cf', 'g%00%0Ah'],
    );
  });

  it('is seen, and no device', () => {
    assert.deepEqual(namesToSafePaths(['\u2066', '\u200b', 'evil\u202efdp.exe', 'a\nb', 'x\ud800']), [
      '%E2%81%A6',
      '%E2%80%8B',
      'evil%E2%80%AEfdp.exe',
      'a%0Ab',
      'x%EF%BF%BD',
    ]);
    assert.deepEqual(namesToSafePaths(['NUL.txt', 'con', 'com1.log/x', 'x.', 'y ', '...']), [
      '%4EUL.txt',
      '%63on',
      '%63om1.log/x',
      'x%2E',
      'y%20',
      '..%2E',
    ]);
  });

  it('is cut to what a file system takes, at a whole character', () => {
    const [long = '', other = ''] = namesToSafePaths(['日'.repeat(100), `${'日'.repeat(100)}2`]);
    assert.equal(long, `${'日'.repeat(80)}~`);
    assert.equal(other, `${'日'.repeat(80)}~2`);
  });

  it('is in no other one’s way: not the same, and no file where a folder has to be', () => {
    assert.deepEqual(namesToSafePaths(['a', 'a/b', '..', '%2E%2E', 'a~2']), [
      'a~2',
      'a/b',
      '%2E%2E',
      '%2E%2E~2',
      'a~2~2',
    ]);
  });

  it('is found a place for, though thousands are cut to the same one, or lie thousands of folders deep', () => {
    const alike = Array.from({ length: 20_000 }, (_, index) => `${'x'.repeat(300)}${String(index)}`);
    const deep = Array.from({ length: 300 }, (_, index) => `${String(index)}${'/d'.repeat(4000)}`);
    const paths = namesToSafePaths([...alike, ...deep]);
    assert.equal(new Set(paths).size, 20_300);
    assert.equal(paths[19_999], `${'x'.repeat(240)}~20000`);
    assert.deepEqual(paths.slice(20_000), deep);
  });
});
