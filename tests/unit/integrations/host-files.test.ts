import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headersUnder } from '../../../src/integrations/host-files.ts';

/** The headers of each path. */
function read(file: string): ReadonlyMap<string, readonly string[]> {
  const blocks = file.trim().split('\n\n');
  return new Map(
    blocks.map((block) => {
      const [path = '', ...headers] = block.split('\n');
      return [path, headers.map((header) => header.trim())] as const;
    }),
  );
}

test('a host sends files to frames of any origin, and keeps for long what is named by its content', () => {
  const rules = read(headersUnder('/some/where'));
  assert.deepEqual(
    [...rules.keys()],
    ['/some/where/*', '/some/where/_astro/*', '/some/where/_embed/*', '/some/where/_sandbox/*'],
  );
  const everywhere = rules.get('/some/where/*') ?? [];
  assert.ok(everywhere.includes('Access-Control-Allow-Origin: *'));
  assert.ok(everywhere.includes('X-Content-Type-Options: nosniff'));
  for (const path of ['_astro', '_embed', '_sandbox'])
    assert.deepEqual(rules.get(`/some/where/${path}/*`), [
      'Cache-Control: public, max-age=31536000, immutable',
    ]);
  assert.deepEqual([...read(headersUnder('/')).keys()], ['/*', '/_astro/*', '/_embed/*', '/_sandbox/*']);
});

test('no header forbids frames, and none is said twice for one file', () => {
  const headers = [...read(headersUnder('/')).values()].flat();
  assert.deepEqual(
    headers.filter((header) => /frame/i.test(header)),
    [],
  );
  const names = headers.map((header) => header.split(':')[0]).filter((name) => name !== 'Cache-Control');
  assert.equal(new Set(names).size, names.length);
});
