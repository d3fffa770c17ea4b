/** Which page of the catalogue explains an attempt, or an answer? What the program logged itself is never asked. */
import { matchError, type ErrorKeys } from '../catalogue/match-error.ts';
import type { ReadLine } from './explanation.ts';
import type { ErrorFact, Fact, InitReportFact } from './facts.ts';
import type { Traced } from './runs.ts';

/** The system whose logs these are: a folder of `src/platforms`. */
const PLATFORM = 'lambda-today';

/** The page about exceptions of a handler, whose keys are classes: the same classes come up at import. */
const IN_HANDLER = 'exception-in-handler';

/** Kinds that go on with an error's block. */
const BLOCK: ReadonlySet<string> = new Set([
  'error-text',
  'traceback',
  'frame',
  'source',
  'carets',
  'left-out-lines',
  'chain',
]);

/** The page about how an attempt ended; null where it went well, or the catalogue has none. */
export function pageOfRun(
  traced: Traced,
  lines: readonly ReadLine[],
  errors: readonly ErrorKeys[],
): string | null {
  const { run, uncaught, answer, timedOut, exited, initReports, report, done } = traced;
  const slow = initReports.find(({ status }) => status === 'timeout');
  if (run.outcome === 'success' || run.outcome === 'unknown') {
    return slow === undefined ? null : pageOfInit(slow, errors);
  }
  const error = uncaught.at(-1) ?? answer;
  if (error !== null) {
    const page = pageOfError(error, lines, errors, isAtImport(traced, error, lines));
    if (page !== null) return page;
  }
  const statuses = initReports.map(({ phase, status, errorType }) => statusText(phase, status, errorType));
  const type = report?.errorType ?? done?.errorType ?? exited?.errorType ?? null;
  const told = [
    exited === null ? '' : exited.text,
    timedOut === null ? '' : 'Task timed out after',
    // In the order of what says more.
    ...statuses.toReversed(),
    type === null && run.outcome !== 'timeout'
      ? ''
      : statusText(null, run.outcome === 'timeout' ? 'timeout' : 'error', type),
  ];
  for (const text of told) {
    const found = text === '' ? null : matchError(text, errors, PLATFORM);
    if (found !== null) return found.id;
  }
  return null;
}

/** The page about an end that belongs to no attempt. */
export function pageOfEnd({ text }: Fact, errors: readonly ErrorKeys[]): string | null {
  return matchError(text, errors, PLATFORM)?.id ?? null;
}

/** The page about an init that went wrong. */
export function pageOfInit(
  { phase, status, errorType }: InitReportFact,
  errors: readonly ErrorKeys[],
): string | null {
  return matchError(statusText(phase, status, errorType), errors, PLATFORM)?.id ?? null;
}

/** The page about an error as it was logged or answered. */
export function pageOfError(
  { at, errorType, message }: ErrorFact,
  lines: readonly ReadLine[],
  errors: readonly ErrorKeys[],
  isImport: boolean,
): string | null {
  const own = lines[at]?.kind;
  const head = `[ERROR] ${errorType ?? ''}: ${message ?? ''}`;
  const text =
    own === 'import-error' || own === 'module-error' || (own === 'error' && errorType === null)
      ? (lines[at]?.text ?? '')
      : head;
  // Frames of the import machinery are in a handler's own late import, too.
  const found = matchError(isImport ? `${text}\n${blockText(at, lines)}` : text, errors, PLATFORM);
  if (found !== null && !(isImport && found.id === IN_HANDLER)) return found.id;
  if (errorType === null || own === 'tool' || isOfService(errorType)) return null;
  // A local tool's own exception.
  if (lines[at + 1]?.kind === 'frame' && lines[at + 1]?.fields.owner === 'tool') return null;
  const general = isImport ? 'exception-at-import' : IN_HANDLER;
  return errors.some(({ id }) => id === general) ? general : null;
}

/** A service's name for an error (`Runtime.ExitError`, `States.Timeout`). A class's name has no dot. */
export function isOfService(errorType: string): boolean {
  return /^[A-Z]\w*\.[A-Z]\w+$/.test(errorType);
}

/** Whether an error came up before there was a handler to call. */
export function isAtImport(traced: Traced | null, error: ErrorFact, lines: readonly ReadLine[]): boolean {
  if (error.errorType !== null && /^Runtime\.(?!Unknown)/.test(error.errorType)) return false;
  // An answer with an empty id: no event was taken yet.
  if (lines[error.at]?.kind === 'module-error' || lines[error.at]?.fields.requestId === '') return true;
  if (traced !== null) {
    const start = traced.start?.at ?? null;
    if (traced.initReports.some(({ status }) => status === 'error')) return true;
    if (start !== null && error.is === 'uncaught') return error.at < start && traced.initStart !== null;
  }
  return /<frozen importlib\._bootstrap>|importlib\/__init__\.py/.test(blockText(error.at, lines));
}

/** The text of an error's block or answer: its own lines, and the frames behind. */
function blockText(at: number, lines: readonly ReadLine[]): string {
  const first = lines[at];
  if (first === undefined) return '';
  const texts = [first.text];
  let others = 0;
  for (const line of lines.slice(at + 1, at + 200)) {
    const isPart = BLOCK.has(line.kind) || (line.event === first.event && line.kind === first.kind);
    // A stranger’s line may have come between them.
    if (!isPart && ++others > 2) break;
    if (isPart) texts.push(line.text);
  }
  return texts.join('\n');
}

function statusText(phase: string | null, status: string | null, type: string | null): string {
  return [
    phase === null ? '' : `Phase: ${phase}`,
    status === null ? '' : `Status: ${status}`,
    type === null ? '' : `Error Type: ${type}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
