import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { filesToZip } from '../../../src/platforms/shared/stored-zip.ts';

test('an archive gives back its files, text and bytes, whatever their names', () => {
  const bytes = Uint8Array.from([0, 255, 80, 75]);
  const files = unzipSync(filesToZip({ '__main__.py': 'é = 1\n', 'folder/花.bin': bytes, empty: '' }));
  assert.deepEqual(files, {
    '__main__.py': new TextEncoder().encode('é = 1\n'),
    'folder/花.bin': bytes,
    empty: new Uint8Array(),
  });
});
