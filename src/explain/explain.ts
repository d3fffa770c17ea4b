/** From a paste to what is found out about it. */
import type { ErrorKeys } from '../catalogue/match-error.ts';
import { isAtImport, pageOfError, pageOfRun } from './error-page.ts';
import type { Explanation, ReadLine } from './explanation.ts';
import { findFindings } from './find-findings.ts';
import { readLines } from './read-lines.ts';
import { traceRuns } from './runs.ts';

/** Explains a paste. `errors` are those of the catalogue, in which its pages are looked up. */
export function explain(text: string, errors: readonly ErrorKeys[]): Explanation {
  const count = text === '' ? 0 : text.replace(/\r?\n$/, '').split('\n').length;
  return explainLines(count, readLines(text), errors);
}

/** Explains lines that were read already. */
export function explainLines(
  count: number,
  lines: readonly ReadLine[],
  errors: readonly ErrorKeys[],
): Explanation {
  const { traced, loose } = traceRuns(lines);
  const runs = traced.map((one) => ({ ...one.run, error: pageOfRun(one, lines, errors) }));
  const withPages = traced.map((one, index) => ({ ...one, run: runs[index] ?? one.run }));
  const findings = findFindings({ lines, runs, traced: withPages, loose });
  const pages = [
    ...runs.map(({ error }) => error),
    ...loose.map((fact) =>
      fact.is === 'uncaught' || fact.is === 'answer'
        ? pageOfError(fact, lines, errors, isAtImport(null, fact, lines))
        : null,
    ),
  ];
  return { count, lines, runs, findings, errors: [...new Set(pages.filter((page) => page !== null))] };
}
