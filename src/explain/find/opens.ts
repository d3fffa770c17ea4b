/** What would a reader ask that these lines leave open? */
import type { Finding, ReadLine } from '../explanation.ts';
import { textIn } from '../facts.ts';
import { open, type Context } from './context.ts';

/** Whether a line has its error's text, too. */
function tellsCause(line: ReadLine | undefined): boolean {
  return (
    line?.kind === 'tool' || line?.kind === 'exited' || textIn(line?.fields ?? {}, 'errorMessage') !== null
  );
}

/** Questions without an answer, beside what was found. */
export function findOpen(
  { lines, traced, runs, loose, hasDate }: Context,
  found: readonly Finding[],
): readonly Finding[] {
  const ids = new Set(found.map(({ id }) => id));
  const real = traced.filter(({ run }) => !run.isEmulated);
  const first = (those: typeof traced): number | null => {
    const [one] = those;
    return those.length === 1 && one !== undefined ? one.index : null;
  };
  const findings: Finding[] = [];
  const unknown = real.filter(({ run }) => run.start === 'unknown');
  if (unknown.length > 0) findings.push(open('open-start', { count: unknown.length }, first(unknown)));
  // What was refused never started.
  const errors = loose.some(
    ({ is, at }) => is === 'uncaught' || (is === 'answer' && lines[at]?.kind !== 'tool'),
  );
  if (real.length === 0 && runs.length === 0 && errors) findings.push(open('open-start', { count: 1 }));
  const endless = real.filter(({ run }) => run.outcome === 'unknown');
  if (endless.length > 0) findings.push(open('open-end', { count: endless.length }, first(endless)));
  if (
    ids.has('function-error-no-payload') ||
    found.some(
      ({ id, lines: [at] }) =>
        (id === 'error-type-only' || id === 'init-failed') && !tellsCause(lines[at ?? 0]),
    ) ||
    (ids.has('gateway-function-error') && !errors)
  ) {
    findings.push(open('open-cause'));
  }
  if (ids.has('killed') && !ids.has('out-of-memory')) findings.push(open('open-memory'));
  if (real.length > 0 && !real.some(({ report }) => report !== null)) findings.push(open('open-billing'));
  const isImport = (['module-missing', 'import-failed', 'handler-module-missing'] as const).some((id) =>
    ids.has(id),
  );
  if (isImport && !lines.some(({ kind }) => kind === 'frame')) findings.push(open('open-import-line'));
  const last = real.at(-1);
  if (last !== undefined && last.run.outcome !== 'success' && last.run.outcome !== 'unknown')
    findings.push(open('open-retries'));
  const dated = lines.filter(({ time }) => time !== null);
  if (dated.length > 0 && !hasDate) findings.push(open('open-date'));
  const isAny = found.length > 0 || runs.length > 0;
  return isAny ? findings : [open('open-nothing')];
}
