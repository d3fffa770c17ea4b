import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import type { Explanation } from '../../../src/explain/explanation.ts';
import { mask } from '../../../src/explain/mask.ts';
import { withoutColours } from '../../../src/explain/masking/reading.ts';
import { ERRORS } from './catalogue-keys.ts';
import { readSample, SAMPLES } from './samples.ts';
import { makeSecrets, WRAPPERS } from './secrets.ts';

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

/** What is found out, without the words that were masked. */
function withoutIds({ count, lines, runs, findings, errors }: Explanation, masked: string): unknown {
  const bare = (value: unknown): unknown =>
    typeof value === 'string' && (!masked.includes(value) || /(?<![\da-z])0{7}|\b[a-z]+-\d+\b/.test(value))
      ? '…'
      : value;
  const bareAll = (values: object): unknown =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, bare(value)]));
  return {
    count,
    errors,
    lines: lines.map(({ kind, event, isCopy, time, fields, spans }) => ({
      kind,
      event,
      isCopy,
      time,
      fields: bareAll(fields),
      places: spans.map(({ line }) => line),
    })),
    runs: runs.map(bareAll),
    findings: findings.map(({ values, ...finding }) => ({ ...finding, values: bareAll(values) })),
  };
}

describe('a masked sample', () => {
  for (const name of SAMPLES) {
    const text = readSample(name);
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
    it(`${name} is explained as before`, () => {
      assert.deepEqual(
        withoutIds(explain(masked, ERRORS), masked),
        withoutIds(explain(text, ERRORS), masked),
      );
    });
    it(`${name} stays as it is when it is masked again`, () => {
      assert.equal(mask(masked).text, masked);
    });
  }
});

describe('a secret', () => {
  for (const [wrapper, wrap] of Object.entries(WRAPPERS))
    it(`does not survive ${wrapper}`, () => {
      for (let seed = 1; seed <= 6; seed += 1)
        for (const { kind, write, parts } of makeSecrets(seed)) {
          const text = wrap(write, seed);
          const masked = mask(text).text;
          const bare = withoutColours(masked).replace(/\r?\n(?:> )?/g, '');
          for (const part of parts)
            assert.ok(
              !bare.includes(part),
              `${kind}, seed ${String(seed)}: ${part} in ${JSON.stringify(masked)}`,
            );
        }
    });
});
