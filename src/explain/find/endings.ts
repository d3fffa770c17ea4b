/** How did each attempt end, and why? Also answers that came without a log. */
import { isAtImport, isOfService } from '../error-page.ts';
import type { Finding, ReadLine } from '../explanation.ts';
import type { Owner } from '../owner.ts';
import type { ErrorFact } from '../facts.ts';
import type { FindingId } from '../findings.ts';
import type { Traced } from '../runs.ts';
import { linesOf, shown, together, type Context } from './context.ts';

/** Characters of a message that a sentence quotes. */
const MAX_QUOTE = 200;

/** Why a result can't be sent, in today's words and in those of Python 2.7. */
const MARSHAL = /^Unable to marshal response: |is not JSON serializable$/;

/** The endings that are not a plain success. */
export function findEndings({ lines, traced, loose }: Context): readonly Finding[] {
  const ofRuns = traced.flatMap((one) => endingOf(one, lines));
  const ofLog = loose.flatMap((fact) => {
    if (fact.is === 'uncaught') return [errorFinding(fact, null, null, lines)];
    return fact.is === 'exited' || fact.is === 'timed-out' ? exitFinding(fact, null) : [];
  });
  const ofAnswers = loose.flatMap((fact) =>
    fact.is === 'answer' ? [errorFinding(fact, null, null, lines)] : [],
  );
  const ofInits = loose.flatMap((fact) => {
    if (fact.is !== 'init-report' || fact.status !== 'error') return [];
    if (fact.errorType === 'Extension.Crash') return [shown('extension-crash', {}, null, [fact.at])];
    return [shown('init-failed', { errorType: fact.errorType ?? '' }, null, [fact.at])];
  });
  // An answer says again what the log says, and a report of an init what its error says.
  const own = new Set(ofRuns.map(({ id }) => id));
  // Old runtimes repeated their words behind REPORT, without the text.
  const first = [...ofRuns, ...ofLog.filter(({ id, values }) => values.message !== '' || !own.has(id))];
  const ids = new Set(first.map(({ id }) => id));
  const answers = ofAnswers.filter(({ id }) => !ids.has(id));
  const all = [...first, ...answers];
  const inits = ofInits.filter(({ id }) => id !== 'init-failed' || all.length === 0);
  return [...findSeveral(ofRuns, traced), ...shorten(together([...all, ...inits]))];
}

/** Endings that are said one by one; in a long log there may be thousands that differ in a word. */
const MOST = 12;

/** The most frequent endings, and how many others there are. */
function shorten(endings: readonly Finding[]): readonly Finding[] {
  if (endings.length <= MOST) return endings;
  const countOf = ({ values }: Finding): number => Number(values.count ?? 1);
  const sorted = endings.toSorted((one, other) => countOf(other) - countOf(one));
  const rest = sorted.slice(MOST);
  const count = rest.reduce((sum, one) => sum + countOf(one), 0);
  return [
    ...sorted.slice(0, MOST),
    shown(
      'more-endings',
      { count },
      null,
      rest.flatMap(({ lines }) => lines.slice(0, 1)),
    ),
  ];
}

/** What may be the same as another. */
const VAGUE: ReadonlySet<FindingId> = new Set([
  'error-type-only',
  'error-message-only',
  'exited',
  'init-failed',
  'timed-out-no-limit',
]);

/** A sentence about all, where attempts failed for different reasons. */
function findSeveral(ofRuns: readonly Finding[], traced: readonly Traced[]): readonly Finding[] {
  if (new Set(ofRuns.map(({ id }) => id).filter((id) => !VAGUE.has(id))).size < 2) return [];
  const failed = new Set(ofRuns.map(({ run }) => run)).size;
  return failed < 2 ? [] : [shown('several-endings', { failed, count: traced.length }, null, [])];
}

function endingOf(traced: Traced, lines: readonly ReadLine[]): readonly Finding[] {
  const { index, run, uncaught, answer, exited, timedOut, report, done, initReports } = traced;
  const proof = linesOf(exited, timedOut, report ?? done);
  const limited = [...linesOf(uncaught.at(-1), answer), ...proof];
  switch (run.outcome) {
    case 'success':
    case 'unknown':
      return [];
    case 'memory':
      return [
        run.memoryMb === null
          ? shown('out-of-memory-no-size', {}, index, proof)
          : shown('out-of-memory', { memoryMb: run.memoryMb }, index, proof),
      ];
    case 'timeout':
      return [timeOut(traced, index, proof)];
    case 'killed':
    case 'crash':
    case 'exit':
      if (run.errorType === 'Extension.Crash') return [shown('extension-crash', {}, index, proof)];
      if (exited !== null) return exitFinding(exited, index);
      return [
        initReports.some(({ status }) => status === 'error')
          ? shown('exited-at-import', {}, index, linesOf(initReports.at(-1), report))
          : shown('exited', {}, index, proof),
      ];
    case 'error': {
      if (exited !== null) return exitFinding(exited, index);
      const error = uncaught.at(-1) ?? answer;
      // Old runtimes repeated their words without the text.
      const told = uncaught.filter(({ message }) => message !== null);
      if (told.length > 1) return told.map((one) => errorFinding(one, traced, index, lines));
      if (told[0] !== undefined) return [{ ...errorFinding(told[0], traced, index, lines), lines: limited }];
      if (error !== null) return [{ ...errorFinding(error, traced, index, lines), lines: limited }];
      const failed = initReports.findLast(({ status }) => status === 'error');
      if (failed !== undefined) {
        return [shown('init-failed', { errorType: run.errorType ?? '' }, index, linesOf(failed, report))];
      }
      return [shown('error-type-only', { errorType: run.errorType ?? '' }, index, proof)];
    }
  }
}

function timeOut({ run, timedOut, answer }: Traced, index: number, proof: readonly number[]): Finding {
  const limit = limitOf(run.durationMs, timedOut?.seconds ?? null, answer?.message ?? null);
  return limit === null
    ? shown('timed-out-no-limit', {}, index, proof)
    : shown('timed-out', { limitS: limit }, index, proof);
}

/** The limit in seconds: today's Duration is exact, older forms are above it by less than a second. */
function limitOf(durationMs: number | null, seconds: number | null, message: string | null): number | null {
  const told = seconds ?? toNumber(/timed out after (\d+(?:\.\d+)?) seconds/.exec(message ?? '')?.[1]);
  if (told !== null) {
    const limit = Math.floor(told);
    const isFit = durationMs === null || Math.floor(durationMs / 1000) === limit;
    return isFit && limit > 0 ? limit : null;
  }
  return durationMs !== null && durationMs > 0 && durationMs % 1000 === 0 ? durationMs / 1000 : null;
}

function toNumber(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function exitFinding(
  fact: Extract<Context['loose'][number], { is: 'exited' | 'timed-out' }>,
  index: number | null,
): readonly Finding[] {
  if (fact.is === 'timed-out') {
    const limit = limitOf(null, fact.seconds, null);
    return [
      limit === null
        ? shown('timed-out-no-limit', {}, index, [fact.at])
        : shown('timed-out', { limitS: limit }, index, [fact.at]),
    ];
  }
  switch (fact.exit) {
    case 'killed':
    case 'segmentation-fault':
    case 'signal':
      return [shown(fact.exit, {}, index, [fact.at])];
    case 'extension':
      return [shown('extension-crash', {}, index, [fact.at])];
    case 'entry-point':
      return [shown('error-type-only', { errorType: 'Runtime.InvalidEntrypoint' }, index, [fact.at])];
    case 'no-reason':
      return [shown('exit-without-reason', {}, index, [fact.at])];
    case 'status':
      return [
        fact.status === null
          ? shown('exited', {}, index, [fact.at])
          : shown('exit-status', { status: fact.status }, index, [fact.at]),
      ];
  }
}

/** What an error's type and text say, in the reader's terms. */
function errorFinding(
  fact: ErrorFact,
  traced: Traced | null,
  run: number | null,
  lines: readonly ReadLine[],
): Finding {
  const type = fact.errorType ?? '';
  const message = fact.message ?? '';
  const at = [fact.at];
  const say = (id: FindingId, values: Finding['values']): Finding => shown(id, values, run, at);

  const imported = /^Unable to import module ['‘]([^'’]+)['’]: (.*)$/s.exec(message);
  if (imported !== null) return importFinding(imported[1] ?? '', imported[2] ?? '', say);
  if (lines[fact.at]?.kind === 'module-error' || message.startsWith('module initialization error')) {
    return say('import-raised-untyped', { message: quote(message) });
  }
  const syntax = /^Syntax error in module ['‘]([^'’]+)['’]: (.*)$/s.exec(message);
  if (syntax !== null)
    return say('syntax-error', { module: syntax[1] ?? '', message: quote(syntax[2] ?? '') });
  const missing = /^Handler ['‘]([^'’]+)['’] missing on module ['‘]([^'’]+)['’]/.exec(message);
  if (missing !== null)
    return say('handler-missing', { handler: missing[1] ?? '', module: missing[2] ?? '' });
  if (type === 'Runtime.MalformedHandlerName') return say('handler-name-bad', { message: quote(message) });
  if (type === 'Runtime.BuiltInModuleConflict') return say('built-in-conflict', { message: quote(message) });
  if (type === 'Function.ResponseSizeTooLarge') return say('response-too-large', {});
  if (type === 'Runtime.MarshalError' || MARSHAL.test(message)) {
    return say('marshal-error', { message: quote(message.replace(/^Unable to marshal response: /, '')) });
  }
  if (type === 'Runtime.OutOfMemory') return say('out-of-memory-no-size', {});
  // Before a version is published: there’s no invocation.
  if (type === 'Runtime.BeforeSnapshotError') return say('init-failed', { errorType: type });
  if (message.includes('Runtime exited with error: signal: killed')) {
    return say('killed', {});
  }
  if (type === 'Runtime.ExitError' || /Error: Runtime exited with(?:out| error)/.test(message)) {
    if (message.includes('segmentation fault')) return say('segmentation-fault', {});
    if (message.includes('signal: ')) return say('signal', {});
    const status = toNumber(/exit status (\d+)/.exec(message)?.[1]);
    if (status !== null) return say('exit-status', { status });
    return say(message.includes('without providing') ? 'exit-without-reason' : 'exited', {});
  }
  if (type === 'Extension.Crash') return say('extension-crash', {});
  if (type === 'Sandbox.Timedout' || message.includes(' Task timed out after ')) {
    const limit = limitOf(null, null, message);
    return limit === null ? say('timed-out-no-limit', {}) : say('timed-out', { limitS: limit });
  }
  if (lines[fact.at]?.kind === 'tool' || isOfService(type))
    return say('error-type-only', { errorType: type });
  if (type === '') return say('error-message-only', { message: quote(message) });
  if (areFramesOf('tool', fact.at, lines)) return say('no-lambda', {});
  const error = quote(message === '' ? type : `${type}: ${message}`);
  if (
    /takes \d+ positional arguments? but \d+ (?:was|were) given/.test(message) &&
    !hasFrameOfYours(fact.at, lines)
  ) {
    return say('wrong-signature', { error });
  }
  // The runtime called what is no function.
  if (message.endsWith(' object is not callable') && areFramesOf('runtime', fact.at, lines))
    return say('error-type-only', { errorType: error });
  return say(isAtImport(traced, fact, lines) ? 'import-raised' : 'exception', { error });
}

function importFinding(
  module: string,
  why: string,
  say: (id: FindingId, values: Finding['values']) => Finding,
): Finding {
  const missing = /^No module named ['‘]?([^'’\s]+)['’]?\s*$/.exec(why.trim())?.[1];
  if (missing === undefined)
    return say('import-failed', { module, message: quote(why.trim().replace(/[.:]+$/, '')) });
  const isHandler = missing === module || module.replaceAll('/', '.').startsWith(`${missing}.`);
  return isHandler ? say('handler-module-missing', { module }) : say('module-missing', { module, missing });
}

/** Whether an error has frames, and all are of this owner. */
function areFramesOf(owner: Owner, at: number, lines: readonly ReadLine[]): boolean {
  let count = 0;
  for (const line of lines.slice(at + 1, at + 100)) {
    if (line.kind === 'frame' && line.fields.owner !== owner) return false;
    if (line.kind === 'frame') count += 1;
    else if (!['error-text', 'traceback', 'source', 'carets', 'left-out-lines'].includes(line.kind)) break;
  }
  return count > 0;
}

function hasFrameOfYours(at: number, lines: readonly ReadLine[]): boolean {
  for (const line of lines.slice(at + 1, at + 100)) {
    if (line.kind === 'frame' && line.fields.owner === 'yours') return true;
    if (!['error-text', 'frame', 'traceback', 'source', 'carets', 'left-out-lines'].includes(line.kind))
      return false;
  }
  return false;
}

function quote(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  return plain.length > MAX_QUOTE ? `${plain.slice(0, MAX_QUOTE - 1)}…` : plain;
}
