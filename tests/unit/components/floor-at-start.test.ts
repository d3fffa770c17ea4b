import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

const script = await readFile(new URL('../../../src/components/floor-at-start.js', import.meta.url), 'utf8');

/** A page before anything of it has run, in a browser without what `without` takes away. */
function start(without: string): { readonly isLive: boolean; readonly defines: boolean } {
  const dataset: Record<string, string> = {};
  const defined: string[] = [];
  const context = createContext({
    DecompressionStream,
    MessageChannel,
    document: { documentElement: { dataset, popover: null }, addEventListener: () => undefined },
    customElements: { define: (name: string) => defined.push(name) },
    addEventListener: () => undefined,
  });
  runInContext(`globalThis.self = globalThis; ${without}`, context);
  runInContext(`${script}; customElements.define('lab-root');`, context);
  return { isLive: dataset.live === '', defines: defined.length > 0 };
}

suite('what a page begins with', () => {
  test('lets its elements be in a browser that has what they need', () => {
    assert.deepEqual(start(''), { isLive: true, defines: true });
  });

  for (const lacking of [
    'Object.hasOwn',
    'Promise.withResolvers',
    'Array.prototype.at',
    'Array.prototype.findLast',
    'Array.prototype.findLastIndex',
    'Array.prototype.toSorted',
    'String.prototype.replaceAll',
    'String.prototype.toWellFormed',
    'self.DecompressionStream',
    'self.MessageChannel',
    'document.documentElement.popover',
  ])
    test(`lets no element be in a browser without ${lacking}`, () => {
      assert.deepEqual(start(`delete ${lacking}`), { isLive: false, defines: false });
    });
});
