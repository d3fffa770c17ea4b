import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import type { Explanation, Finding } from '../../../src/explain/explanation.ts';
import type { FindingId } from '../../../src/explain/findings.ts';
import { ERRORS } from './catalogue-keys.ts';
import { readSample, SAMPLES } from './samples.ts';

/** What may be said of any paste, since it says less than what it's there instead of. */
const WEAKER: ReadonlySet<FindingId> = new Set([
  'begins-cut',
  'begun',
  'cold-no-time',
  'copies',
  'ended',
  'error-message-only',
  'error-type-only',
  'exited',
  'init-failed',
  'late-lines',
  'logged-exception',
  'measured',
  'gateway-no-cause',
  'no-cause-line',
  'numbers-unfit',
  'out-of-memory-no-size',
  'printed-traceback',
  'program-only',
  'timed-out-no-limit',
]);

/** Values that count lines, so that they may be less in a part of a paste. */
const COUNTS: ReadonlySet<string> = new Set([
  'count',
  'failed',
  'yours',
  'library',
  'stdlib',
  'runtime',
  'leastMs',
  'mostMs',
]);

/** One of several as it is said alone. */
const ALONE: Readonly<Partial<Record<FindingId, readonly FindingId[]>>> = {
  cold: ['cold-many'],
  'init-inside': ['init-twice'],
  'frames-not-yours': ['frames'],
  emulated: ['emulated-partly'],
  'memory-spare': ['memory-full', 'memory-near'],
  'function-error-no-payload': ['status-200'],
  'import-failed': ['module-missing', 'handler-module-missing'],
  'one-environment': ['open-environments'],
  // The reason was behind REPORT.
  'all-succeeded': ['late-lines'],
  killed: ['out-of-memory'],
};

/** Repeatable chance. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Mutate = (text: string, below: (below: number) => number) => string;

const MUTATIONS: Readonly<Record<string, Mutate>> = {
  'cut at its beginning': (text, below) => text.slice(below(Math.max(1, Math.floor(text.length / 2)))),
  'cut at its end': (text, below) =>
    text.slice(0, text.length - below(Math.max(1, Math.floor(text.length / 2)))),
  quoted: (text) => text.replaceAll(/^/gm, '> '),
  'wrapped by a terminal': (text, below) => {
    const width = 80 + below(60);
    return text.replaceAll(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n');
  },
  'read from a log tool': (text) =>
    text.replaceAll(
      /^(?=.)/gm,
      '2026-03-01T09:10:11.123000+00:00 2026/03/01/[$LATEST]0123456789abcdef0123456789abcdef ',
    ),
  'with a line of the program': (text, below) => {
    const lines = text.split('\n');
    lines.splice(below(lines.length), 0, 'frobnicate: 17 widgets left');
    return lines.join('\n');
  },
};

/** Whether the lines say so, too, perhaps among more. */
function isTrue(one: Finding, { findings, runs }: Explanation): boolean {
  if (!one.isShown || WEAKER.has(one.id)) return true;
  // Nothing of an emulator may be left.
  if (one.id === 'warm' && findings.some(({ id }) => id.startsWith('emulated'))) return true;
  // What came after REPORT said more.
  if (one.id === 'warm' && findings.some(({ id }) => id === 'late-lines')) return true;
  const ids = [one.id, ...(ALONE[one.id] ?? [])];
  return (
    findings.some((other) => {
      if (!ids.includes(other.id)) return false;
      if (other.id !== one.id) return true;
      return Object.entries(one.values).every(([name, value]) => {
        if (COUNTS.has(name)) return true;
        const whole = other.values[name];
        // A text that is cut says less.
        return (
          whole === value ||
          (typeof value === 'string' && typeof whole === 'string' && whole.includes(value.replace(/…$/, '')))
        );
      });
    }) || isOfRun(one, runs)
  );
}

/** A number of a run, where the whole paste speaks of several at once. */
function isOfRun({ id, values }: Finding, runs: Explanation['runs']): boolean {
  if (id === 'memory-spare' || id === 'memory-near')
    return runs.some(({ usedMb }) => usedMb === values.usedMb);
  if (id === 'cold') return runs.some(({ initMs }) => initMs === values.initMs);
  if (id === 'all-succeeded') return runs.some(({ outcome }) => outcome === 'success');
  if (id === 'retry' || id === 'retries') return runs.some(({ attempt }) => attempt > 1);
  return false;
}

describe('a paste that was changed', () => {
  for (const [name, mutate] of Object.entries(MUTATIONS)) {
    it(`says nothing else when it is ${name}`, () => {
      const wrong: string[] = [];
      for (const sample of SAMPLES) {
        const text = readSample(sample);
        const whole = explain(text, ERRORS);
        const below = chance(7);
        for (let round = 0; round < 8; round++) {
          const { findings } = explain(mutate(text, below), ERRORS);
          for (const one of findings) {
            if (!isTrue(one, whole))
              wrong.push(`${sample}, ${round}: ${one.id} ${JSON.stringify(one.values)}`);
          }
        }
      }
      assert.deepEqual(wrong, []);
    });
  }

  it('concludes nothing from a Billed Duration that fits no form', () => {
    for (const sample of SAMPLES) {
      const text = readSample(sample);
      const wrong = text.replaceAll(
        /(Billed Duration: |billedDurationMs"?: ?)(\d+)/g,
        (_, head: string, number: string) => `${head}${Number(number) + 7}`,
      );
      if (wrong === text) continue;
      const { findings, runs } = explain(wrong, ERRORS);
      for (const { id } of findings) {
        assert.ok(
          ![
            'init-billed',
            'init-free',
            'second-init-billed',
            'first-init-unbilled',
            'billed-in-steps',
            'billed-to-limit',
          ].includes(id),
          `${sample}: ${id}`,
        );
      }
      assert.ok(
        runs.every(({ initBilled }) => initBilled === null),
        sample,
      );
    }
  });

  it('concludes nothing from an Init Duration or a memory that cannot be', () => {
    const text = readSample('errors-1.txt');
    const { findings } = explain(text.replace('80.49', '8049.00').replace('Used: 46', 'Used: 4600'), ERRORS);
    const ids = findings.map(({ id }) => id);
    assert.ok(ids.includes('numbers-unfit'));
    assert.ok(
      !ids.includes('second-init-billed') && !ids.includes('memory-spare') && !ids.includes('memory-full'),
    );
  });
});
