import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import type { Run } from '../../../src/explain/explanation.ts';
import { FINDING_IDS, type FindingId } from '../../../src/explain/findings.ts';
import { ERRORS } from './catalogue-keys.ts';
import { readSample, SAMPLES } from './samples.ts';

interface Conclusions {
  /** Runs in their order, each with the beginning of its id. Without them the sample says nothing certain of runs. */
  readonly runs?: readonly (Partial<Run> & { readonly id?: string })[];
  /** Findings that must be drawn, with some of their values. */
  readonly shown: Partial<Record<FindingId, Readonly<Record<string, string | number>>>>;
  /** What must be said to be open. */
  readonly open?: readonly FindingId[];
  /** What must not be said. */
  readonly not?: readonly FindingId[];
  readonly errors?: readonly string[];
}

/** What may not follow from what an emulator wrote. */
const NOT_EMULATED: readonly FindingId[] = [
  'cold',
  'cold-no-time',
  'warm',
  'init-billed',
  'init-free',
  'memory-full',
  'memory-spare',
];

const CONCLUSIONS = JSON.parse(readSample('conclusions.json')) as Record<string, Conclusions>;

describe('the conclusions of the samples', () => {
  it('are there for each', () => {
    assert.deepEqual(Object.keys(CONCLUSIONS).toSorted(), SAMPLES.toSorted());
  });

  for (const [name, wanted] of Object.entries(CONCLUSIONS)) {
    it(name, () => {
      const { runs, findings, errors } = explain(readSample(name), ERRORS);
      if (wanted.runs !== undefined) {
        assert.deepEqual(
          runs.map((run, index) => pick(run, wanted.runs?.[index] ?? {})),
          wanted.runs,
        );
      }
      for (const [id, values] of Object.entries(wanted.shown)) {
        const those = findings.filter((one) => one.id === id && one.isShown);
        const isThere = those.some((one) =>
          Object.entries(values).every(([key, value]) => one.values[key] === value),
        );
        assert.ok(isThere, `${id} ${JSON.stringify(values)} is not among ${JSON.stringify(findings)}`);
      }
      for (const id of wanted.open ?? []) {
        assert.ok(
          findings.some((one) => one.id === id && !one.isShown),
          `${id} is not open`,
        );
      }
      const forbidden = [...(wanted.not ?? []), ...('emulated' in wanted.shown ? NOT_EMULATED : [])];
      for (const id of forbidden) {
        const wrong = findings.find((one) => one.id === id);
        assert.equal(wrong, undefined, `${id} is said`);
      }
      if (wanted.errors !== undefined) assert.deepEqual(errors, wanted.errors);
    });
  }

  it('use only ids of the table', () => {
    const known = new Set<string>(FINDING_IDS);
    for (const { shown, open = [], not = [] } of Object.values(CONCLUSIONS)) {
      for (const id of [...Object.keys(shown), ...open, ...not]) assert.ok(known.has(id), id);
    }
  });
});

function pick(run: Run, wanted: Partial<Run> & { readonly id?: string }): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(wanted).map((key) =>
      key === 'id'
        ? [key, run.requestId?.slice(0, wanted.id?.length)]
        : [key, key === 'from' ? Math.round((run.from ?? 0) * 100) / 100 : run[key as keyof Run]],
    ),
  );
}
