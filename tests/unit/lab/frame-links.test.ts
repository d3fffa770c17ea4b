import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  frameToLabel,
  placeOfFrame,
  readFrameLine,
  type Places,
} from '../../../src/lab/output/frame-links.ts';

const PLACES: Places = {
  taskRoot: '/var/task',
  task: { '/var/task/app.py': 'lab-file-1', '/var/task/日 本.py': 'lab-file-2' },
  image: { '/var/runtime/b.py': '/en/source/p/var/runtime/b.py/' },
  compiledNames: ['/Users/somebody/app.py'],
};

const place = (line: string): unknown => {
  const frame = readFrameLine(line);
  return frame === null ? null : placeOfFrame(frame, PLACES);
};

describe('a line of a log', () => {
  it('that is a frame is taken apart without losing a character', () => {
    for (const line of [
      '  File "/var/task/app.py", line 4, in lambda_handler',
      '  File "/a b/日本.py", line 12, in <module>\n',
      '    File "x.py", line 1, in <lambda>',
      '  File "app.py", line 3\n',
    ]) {
      const frame = readFrameLine(line);
      assert.equal(frame && frame.before + frame.text + frame.after, line);
    }
    assert.deepEqual(readFrameLine('  File "/a b/日本.py", line 12, in <module>'), {
      before: '  ',
      text: 'File "/a b/日本.py", line 12',
      after: ', in <module>',
      file: '/a b/日本.py',
      line: 12,
    });
  });

  it('that only talks of files is none', () => {
    for (const line of [
      'File "x", line one, in f',
      'x File "x.py", line 1, in f',
      '  File "x.py", line 1 and more',
      '',
    ]) {
      assert.equal(readFrameLine(line), null, line);
    }
  });
});

describe('a frame', () => {
  it('of the function leads to the code of the lab', () => {
    assert.deepEqual(place('  File "/var/task/日 本.py", line 4, in f'), {
      owner: 'handler',
      kind: 'task',
      href: '#lab-file-2-L4',
    });
  });

  it('of the runtime leads to the file’s page, at the line', () => {
    assert.deepEqual(place('  File "/var/runtime/b.py", line 9, in main'), {
      owner: 'runtime',
      kind: 'image',
      href: '/en/source/p/var/runtime/b.py/#L9',
    });
  });

  it('that was compiled elsewhere, or lies in the task unseen, is the function’s and leads nowhere', () => {
    for (const file of ['/Users/somebody/app.py', '/var/task/made_at_run_time.py']) {
      assert.deepEqual(place(`  File "${file}", line 1, in f`), {
        owner: 'handler',
        kind: 'nowhere',
        href: null,
      });
    }
  });

  it('of Python’s own is named so', () => {
    assert.deepEqual(place('  File "/lib/python314.zip/json/__init__.py", line 235, in dumps'), {
      owner: 'library',
      kind: 'library',
      href: null,
    });
  });

  it('says whose it is, and only where nothing lies that there is no file', () => {
    const owners = { handler: 'yours', runtime: 'runtime', library: 'library' };
    const label = (file: string): string | null => {
      const frame = readFrameLine(`  File "${file}", line 1, in f`);
      return frame && frameToLabel(placeOfFrame(frame, PLACES), owners, 'no file');
    };
    assert.deepEqual(
      ['/var/task/app.py', '/Users/somebody/app.py', '/var/runtime/b.py', '/lib/x.py'].map(label),
      ['yours', 'yours · no file', 'runtime', 'library'],
    );
  });

  it('of today’s log is one, though its spaces do not break', () => {
    assert.deepEqual(place('\u00a0\u00a0File "/var/task/app.py", line 7, in f'), {
      owner: 'handler',
      kind: 'task',
      href: '#lab-file-1-L7',
    });
  });

  it('of a file that is called like a part of every object leads nowhere', () => {
    for (const file of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      assert.deepEqual(place(`  File "${file}", line 1, in f`), {
        owner: 'library',
        kind: 'library',
        href: null,
      });
  });

  it('with a line that no file has is none', () => {
    for (const line of ['9999999999', '99999999999999999999'])
      assert.equal(place(`  File "/var/task/app.py", line ${line}, in f`), null);
    assert.ok(place('  File "/var/task/app.py", line 999999999, in f'));
  });
});
