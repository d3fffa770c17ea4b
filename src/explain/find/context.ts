/** What every search for findings looks at, and how it notes what it found. */
import type { Finding, ReadLine, Run } from '../explanation.ts';
import type { Fact } from '../facts.ts';
import type { FindingId } from '../findings.ts';
import type { Traced } from '../runs.ts';

/** A paste, read and put together. */
export interface Context {
  readonly lines: readonly ReadLine[];
  readonly runs: readonly Run[];
  readonly traced: readonly Traced[];
  readonly loose: readonly Fact[];
  /** A date is somewhere in the paste. */
  readonly hasDate: boolean;
}

/** Lines that a finding names at most. */
const MAX_LINES = 24;

/** Something that the lines show. */
export function shown(
  id: FindingId,
  values: Finding['values'],
  run: number | null,
  lines: readonly number[],
): Finding {
  return { id, values, isShown: true, run, lines: lines.slice(0, MAX_LINES) };
}

/** Something that they leave open. */
export function open(id: FindingId, values: Finding['values'] = {}, run: number | null = null): Finding {
  return { id, values, isShown: false, run, lines: [] };
}

/** Findings that say the same become one, with `count`: how often. */
export function together(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.id, finding.isShown, finding.values]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map((group) => {
    const first = group[0] as Finding;
    const lines = group.flatMap((finding) => finding.lines);
    return {
      ...first,
      values: { ...first.values, count: group.length },
      run: group.every(({ run }) => run === first.run) ? first.run : null,
      lines: [...new Set(lines)].slice(0, MAX_LINES),
    };
  });
}

/** Indices of the lines that facts come from. */
export function linesOf(...facts: readonly (Fact | null | undefined)[]): readonly number[] {
  const lines: number[] = [];
  for (const fact of facts) if (fact !== null && fact !== undefined) lines.push(fact.at);
  return lines;
}

/** Indices of the lines that a test holds for. A long log is asked often: it's gone through without a list for each line. */
export function indicesOf(lines: readonly ReadLine[], test: (line: ReadLine) => boolean): readonly number[] {
  const found: number[] = [];
  lines.forEach((line, index) => {
    if (test(line)) found.push(index);
  });
  return found;
}
