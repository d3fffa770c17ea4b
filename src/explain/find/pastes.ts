/** What kind of paste is this: from an emulator, with copies, with its beginning cut off, with clocks that differ? */
import type { Finding, ReadLine } from '../explanation.ts';
import { numberIn, textIn } from '../facts.ts';
import type { FindingId } from '../findings.ts';
import { isOfEmulator, isOfQuery } from '../runs.ts';
import { indicesOf, shown, type Context } from './context.ts';

const HOUR = 3_600_000;

/** What has to be known about the lines themselves, and what a caller's side says. */
export function findPaste(context: Context): readonly Finding[] {
  return [...findCallers(context), ...findForm(context)];
}

function say(id: FindingId, lines: readonly number[]): readonly Finding[] {
  return lines.length === 0 ? [] : [shown(id, { count: lines.length }, null, lines)];
}

function findForm({ lines, traced, runs }: Context): readonly Finding[] {
  const emulated = runs.filter(({ isEmulated }) => isEmulated);
  const emulator = indicesOf(lines, isOfEmulator);
  const isPartly = emulated.length < runs.length;
  const cut = traced.filter(
    ({ start, end, report, run }) =>
      start === null &&
      !run.isEmulated &&
      (end ?? report) !== null &&
      !run.lines.some((at) => isOfQuery(lines[at])),
  );
  const isCut = indicesOf(lines, ({ text }) => text.includes('shows the last 4 KB'));
  const late = traced.flatMap(({ report, timedOut, exited }) => {
    const last = timedOut ?? exited;
    return report !== null && last !== null && last.at > report.at ? [last.at] : [];
  });
  const isReportOnly = cut.every(
    ({ run, report, end }) => report !== null && end === null && run.lines.length <= 2,
  );
  return [
    ...(emulator.length + emulated.length === 0
      ? []
      : say(
          isPartly && runs.length > 0 ? 'emulated-partly' : 'emulated',
          emulator.length > 0 ? emulator : emulated.flatMap((run) => run.lines),
        )),
    ...say(
      'copies',
      indicesOf(lines, ({ isCopy }) => isCopy),
    ),
    ...(isCut.length > 0
      ? say('begins-cut', isCut)
      : isReportOnly
        ? []
        : say(
            'begins-cut',
            cut.flatMap(({ run }) => run.lines.slice(0, 1)),
          )),
    ...say(
      'cells-cut',
      lines.flatMap(({ fields }, index) => (fields.cut === 'cell' ? [index] : [])),
    ),
    ...say('late-lines', late),
    ...findZone(lines),
    ...say(
      'no-cause-line',
      indicesOf(lines, ({ kind }) => kind === 'unknown-error'),
    ),
  ];
}

/** The console shows its reader's clock, the program logs UTC. */
function findZone(lines: readonly ReadLine[]): readonly Finding[] {
  const hours = new Map<number, number[]>();
  for (const [index, { time, fields }] of lines.entries()) {
    const own = numberIn(fields, 'at');
    if (time === null || own === null) continue;
    const shift = time.clock - (own % (24 * HOUR));
    const whole = Math.round((shift / HOUR) * 4) / 4;
    if (Math.abs(shift - whole * HOUR) > 5000) continue;
    const zone = whole > 14 ? whole - 24 : whole < -12 ? whole + 24 : whole;
    const known = hours.get(zone);
    if (known === undefined) hours.set(zone, [index]);
    else known[Math.min(known.length, 8)] = index;
  }
  const [only] = hours;
  if (hours.size !== 1 || only === undefined || only[0] === 0) return [];
  return [shown('zones-differ', { hours: Math.abs(only[0]) }, null, only[1])];
}

/** What an answer of the CLI, of API Gateway or of a local tool says of the function. */
function findCallers(context: Context): readonly Finding[] {
  const { lines } = context;
  const where = (test: (line: ReadLine) => boolean): readonly number[] =>
    indicesOf(lines, (line) => !line.isCopy && test(line));
  const failed = where(
    ({ kind, fields }) => kind === 'invoke-answer' && textIn(fields, 'functionError') !== null,
  );
  const hasCause = lines.some(
    ({ kind, fields }) =>
      ['payload-error', 'payload', 'error', 'error-json'].includes(kind) && fields.errorMessage !== undefined,
  );
  const local = indicesOf(lines, ({ kind }) => kind === 'emulator-timed-out').flatMap((index) => {
    const seconds = numberIn(lines[index]?.fields ?? {}, 'seconds');
    return seconds === null ? [] : [shown('local-timed-out', { limitS: seconds }, null, [index])];
  });
  const frames = where(({ kind, fields }) => kind === 'frame' && fields.owner === 'tool');
  const isLambda = lines.some(({ kind }) =>
    ['start', 'end', 'report', 'init-start', 'error', 'payload-error'].includes(kind),
  );
  return [
    ...(failed.length === 0
      ? []
      : hasCause
        ? say('status-200', failed)
        : say('function-error-no-payload', failed)),
    ...say(
      'answer-unfit',
      where(({ text }) => text.includes('Malformed Lambda proxy response')),
    ),
    ...say(
      'gateway-function-error',
      where(({ kind, text }) => kind === 'gateway-error' && text.includes('customer function error')),
    ),
    ...findGateway(context, where),
    ...say(
      'no-runtime-api',
      where(({ kind, text }) => kind === 'runtime-trouble' && text.includes('Failed to get next')),
    ),
    ...local.slice(0, 1),
    ...(isLambda ? [] : say('no-lambda', frames)),
  ];
}

/** What API Gateway says of a call that didn't come back, or never began. */
function findGateway(
  { lines, traced, loose }: Context,
  where: (test: (line: ReadLine) => boolean) => readonly number[],
): readonly Finding[] {
  const waited = where(
    ({ kind, text }) =>
      kind === 'gateway-error' && /Endpoint request timed out|due to a timeout error/.test(text),
  );
  if (waited.length > 0) return [shown('gateway-timed-out', {}, null, waited)];
  const all = where(({ kind }) => kind === 'gateway-error');
  const refused = where(({ kind, text }) => kind === 'gateway-error' && refusalIn(text) !== null);
  if (refused.length > 0) {
    const message = refusalIn(lines[refused[0] ?? 0]?.text ?? '') ?? '';
    return [shown('gateway-refused', { message }, null, refused)];
  }
  const isAlone = traced.length === 0 && !loose.some(({ is }) => is === 'uncaught' || is === 'answer');
  const isOnly =
    where(({ kind, text }) => kind === 'gateway-error' && /^\s*\{/.test(text)).length === all.length;
  return all.length > 0 && isAlone && isOnly ? [shown('gateway-no-cause', {}, null, all)] : [];
}

/** What an answer that has the wrong form is called: then the function was called. */
const UNFIT = 'Malformed Lambda proxy response';

/** Why a function wasn't called; null where a line says something else, or may be the beginning of that. */
function refusalIn(text: string): string | null {
  const message = /Execution failed due to configuration error: (.{1,200})/.exec(text)?.[1]?.trim();
  return message === undefined || message.startsWith(UNFIT) || UNFIT.startsWith(message) ? null : message;
}
