import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { mask } from '../../../src/explain/mask.ts';
import { readLines } from '../../../src/explain/read-lines.ts';
import { makeSecrets, WRAPPERS } from './secrets.ts';

const LOGS = path.resolve(import.meta.dirname, '../../fixtures/logs');
const SAMPLES = readdirSync(LOGS)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({ name, text: readFileSync(path.join(LOGS, name), 'utf8') }));

/** Ids that a sample's text has, by forms of this test's own. */
const IDS: readonly RegExp[] = [
  /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi,
  /(?<=1-[\da-f]{8}-)[\da-f]{24}/gi,
  /(?<=SegmentId: )[\da-f]{16}/g,
  /(?<=\])[\da-f]{32}/g,
  /(?<=runtime:)[\da-f]{20,64}/g,
  /(?<!\d)(?!0{12})\d{12}(?!\d)/g,
  /[\w.]+@[\w.]+/g,
  /(?<=function:)[\w-]+/g,
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g,
];

/** Numbers and times, in their order. */
const FIGURES =
  /\d{1,2}:\d\d:\d\d(?:[.,]\d+)?|\b\d+(?:\.\d+)? (?:ms|MB|seconds)|\b1\d{12}\b|"\w+(?:Ms|MB)":\s?[\d.]+/g;

describe('a masked sample', () => {
  for (const { name, text } of SAMPLES) {
    const masked = mask(text).text;
    it(`${name} has none of its ids`, () => {
      for (const pattern of IDS)
        for (const [id] of text.matchAll(pattern))
          assert.ok(!masked.includes(id) || /^(?:0{8}|name-|user-)/.test(id), id);
    });
    it(`${name} has its figures and its lines`, () => {
      assert.deepEqual(masked.match(FIGURES), text.match(FIGURES));
      assert.equal(masked.split('\n').length, text.split('\n').length);
    });
    it(`${name} is read as before`, () => {
      const read = (lines: string): unknown[] =>
        readLines(lines).map(({ kind, event, isCopy }) => [kind, event, isCopy]);
      assert.deepEqual(read(masked), read(text));
    });
    it(`${name} stays as it is when it is masked again`, () => {
      assert.equal(mask(masked).text, masked);
    });
  }
});

describe('a secret', () => {
  for (const [wrapper, wrap] of Object.entries(WRAPPERS))
    it(`does not survive ${wrapper}`, () => {
      for (let seed = 1; seed <= 40; seed += 1)
        for (const { kind, write, parts } of makeSecrets(seed)) {
          const text = wrap(write, seed);
          const masked = mask(text).text;
          const bare = masked.replace(/\x1b\[[\d;]*m|\r?\n(?:> )?/g, '');
          for (const part of parts)
            assert.ok(
              !bare.includes(part),
              `${kind}, seed ${String(seed)}: ${part} in ${JSON.stringify(masked)}`,
            );
        }
    });
});
