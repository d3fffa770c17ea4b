/** From a paste to what is found out about it. */
import type { ErrorKeys } from '../catalogue/match-error.ts';
import { isAtImport, pageOfEnd, pageOfError, pageOfInit, pageOfRun } from './error-page.ts';
import type { Explanation } from './explanation.ts';
import { findFindings } from './find-findings.ts';
import { readLines } from './read-lines.ts';
import { traceRuns } from './runs.ts';

/** A date, or epoch ms, in any of the forms that tools show. */
const DATE =
  /\b\d{4}[-/]\d\d[-/]\d\d(?!\d)|\b1\d{12}(?:\d{6})?\b|\[1\d{9}\.\d|\b\d\d? [A-Z][a-z]{2} \d{4}\b|\b[A-Z][a-z]{2} \d\d [\d:]{8} [A-Z]{3} \d{4}\b/;

/** Explains a paste. `errors` are those of the catalogue, in which its pages are looked up. */
export function explain(text: string, errors: readonly ErrorKeys[]): Explanation {
  const lines = readLines(text);
  const { traced, loose } = traceRuns(lines);
  const runs = traced.map((one) => {
    const error = pageOfRun(one, lines, errors);
    return error === null ? one.run : { ...one.run, error };
  });
  const findings = findFindings({ lines, runs, traced, loose, hasDate: DATE.test(text) });
  const pages = [
    ...runs.map(({ error }) => error),
    ...loose.map((fact) => {
      if (fact.is === 'uncaught' || fact.is === 'answer') {
        return pageOfError(fact, lines, errors, isAtImport(null, fact, lines));
      }
      if (fact.is === 'timed-out' || fact.is === 'exited') return pageOfEnd(fact, errors);
      return fact.is === 'init-report' ? pageOfInit(fact, errors) : null;
    }),
  ];
  return {
    count: countLines(text),
    lines,
    runs,
    findings,
    errors: [...new Set(pages.filter((page) => page !== null))],
  };
}

/** How many lines a text has, not counting what is behind its last line end where nothing is. */
function countLines(text: string): number {
  if (text === '') return 0;
  let count = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
