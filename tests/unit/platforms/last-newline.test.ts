import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listPlatforms, readPlatform } from '../../../src/integrations/platforms.ts';

test('every Python file of an image ends with one newline, or is empty: its page shows neither', async () => {
  const other: string[] = [];
  for (const platform of await listPlatforms()) {
    const { files } = await readPlatform(platform);
    for (const [path, content] of Object.entries(files)) {
      if (path.endsWith('.py') && 'text' in content && !/^$|[^\n]\n$/.test(content.text)) other.push(path);
    }
  }
  assert.deepEqual(other, []);
});
