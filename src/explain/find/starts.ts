/** How did the attempts begin: in a new environment, in a kept process, or with init once more? */
import type { Finding } from '../explanation.ts';
import { numberIn } from '../facts.ts';
import type { Traced } from '../runs.ts';
import { linesOf, shown, together, type Context } from './context.ts';

/** What the lines show of starts and inits. */
export function findStarts({ lines, traced, loose }: Context): readonly Finding[] {
  const real = traced.filter(({ run }) => !run.isEmulated);
  const findings = together([
    ...real.flatMap((one) => startOf(one, one.index)),
    ...loose.flatMap((fact) => {
      if (fact.is === 'restore' && fact.status !== null && fact.status !== 'success') {
        return [shown('restore-failed', {}, null, [fact.at])];
      }
      if (fact.is !== 'init-report') return [];
      if (fact.phase === 'init' && fact.status === 'success' && fact.ms !== null)
        return [shown('cold', { initMs: fact.ms }, null, [fact.at])];
      if (fact.phase === 'init' && fact.status === 'timeout') return timedOut(fact.ms, null, [fact.at]);
      return fact.phase === 'invoke' && fact.ms !== null
        ? [shown('init-inside', { secondMs: fact.ms }, null, [fact.at])]
        : [];
    }),
  ]);
  return [...coldStarts(real), ...oldStart(lines), ...findings];
}

/** Up to Python 3.6 the runtime itself wrote when it began and when init was over. */
function oldStart(lines: Context['lines']): readonly Finding[] {
  const at = (words: string): number =>
    lines.findIndex(({ kind, text }) => kind === 'runtime-start' && text.includes(words));
  const [began, over] = [at('main started'), at('init complete')];
  const from = numberIn(lines[began]?.fields ?? {}, 'at');
  const to = numberIn(lines[over]?.fields ?? {}, 'at');
  if (from === null || to === null || to < from) return [];
  return [shown('cold', { initMs: to - from }, null, [began, over])];
}

function coldStarts(real: readonly Traced[]): readonly Finding[] {
  const cold = real.filter(({ run }) => run.start === 'cold');
  const timed = cold.filter(({ run }) => run.initMs !== null);
  const untimed = cold.filter(({ run }) => run.initMs === null);
  const findings: Finding[] = [];
  const [only] = timed;
  if (timed.length === 1 && only !== undefined) {
    const { index, run, initStart, report } = only;
    findings.push(shown('cold', { initMs: run.initMs ?? 0 }, index, linesOf(initStart, report)));
  } else if (timed.length > 1) {
    const inits = timed.map(({ run }) => run.initMs ?? 0);
    findings.push(
      shown(
        'cold-many',
        {
          count: timed.length,
          leastMs: inits.reduce((a, b) => Math.min(a, b)),
          mostMs: inits.reduce((a, b) => Math.max(a, b)),
        },
        null,
        timed.flatMap(({ report }) => linesOf(report)),
      ),
    );
  }
  return [
    ...findings,
    ...together(untimed.map(({ index, initStart }) => shown('cold-no-time', {}, index, linesOf(initStart)))),
  ];
}

function startOf(one: Traced, index: number): readonly Finding[] {
  const { run, report, initReports, initStart, start, previous, twice } = one;
  const findings: Finding[] = [];
  const first = initReports.find(({ phase }) => phase === 'init');
  const second = initReports.findLast(({ phase }) => phase === 'invoke');
  const firstMs = first?.ms ?? null;
  const secondMs = second?.ms ?? null;
  const proof = linesOf(initStart, first, second);
  if (first?.status === 'timeout') findings.push(...timedOut(firstMs, index, proof));
  switch (run.start) {
    case 'warm':
      findings.push(shown('warm', {}, index, linesOf(start, report)));
      break;
    case 'restored': {
      const restoreMs = report?.restoreMs ?? one.restores.find(({ ms }) => ms !== null)?.ms ?? null;
      const failed = one.restores.find(({ status: ended }) => ended !== null && ended !== 'success');
      const lines = linesOf(failed, report);
      if (failed !== undefined) findings.push(shown('restore-failed', {}, index, lines));
      else if (restoreMs !== null)
        findings.push(shown('restored', { restoreMs }, index, [...linesOf(...one.restores), ...lines]));
      break;
    }
    case 'again':
      if (twice.length > 0) findings.push(shown('loaded-twice', {}, index, twice));
      else if (first !== undefined && second !== undefined && firstMs !== null && secondMs !== null) {
        if (first.status === 'error') findings.push(shown('init-twice', { firstMs, secondMs }, index, proof));
      } else if (second !== undefined && secondMs !== null) {
        findings.push(shown('init-inside', { secondMs }, index, proof));
      } else if (previous?.isReset === true) {
        findings.push(shown('init-after-reset', {}, index, linesOf(previous.report, start)));
      }
      break;
    case 'cold':
    case 'unknown':
      break;
  }
  const isKept = one.uncaught.some(({ errorType }) =>
    /^Runtime\.(?!Marshal|Unmarshal|LambdaContext)/.test(errorType ?? ''),
  );
  if (isKept && !one.isReset && initReports.length === 0 && report !== null && start !== null) {
    const inside = one.uncaught.every(({ at }) => at > start.at);
    if (inside && (report.initMs !== null || run.start === 'warm')) {
      findings.push(shown('kept-after-import-error', {}, index, linesOf(start, one.uncaught.at(-1), report)));
    }
  }
  return findings;
}

function timedOut(ms: number | null, run: number | null, lines: readonly number[]): readonly Finding[] {
  // The limit for an init on demand is 10 s: another number is another limit, or a slip.
  return ms !== null && Math.abs(ms - 10_000) < 500
    ? [shown('init-timed-out', { initMs: ms }, run, lines)]
    : [];
}
