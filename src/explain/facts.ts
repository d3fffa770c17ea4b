/** What does a line tell of a run, whatever form it has? Text, JSON and the words of tools become the same facts here. */
import { ownValue } from '../trace/own-value.ts';
import type { ReadLine } from './explanation.ts';

/** Why a runtime left, by the words of its end. */
export type Exit =
  'killed' | 'segmentation-fault' | 'signal' | 'status' | 'no-reason' | 'extension' | 'entry-point';

interface Place {
  /** Index into the lines. */
  readonly at: number;
  readonly event: number;
  readonly stream: string | null;
  /** Epoch ms; in a paste without dates the ms since midnight. */
  readonly time: number | null;
  readonly isDated: boolean;
  /** Request id. */
  readonly id: string | null;
  readonly text: string;
}

/** What the platform measured of an attempt. */
export interface ReportFact extends Place {
  readonly is: 'report';
  readonly durationMs: number | null;
  readonly billedMs: number | null;
  readonly memoryMb: number | null;
  readonly usedMb: number | null;
  readonly initMs: number | null;
  readonly restoreMs: number | null;
  readonly status: string | null;
  readonly errorType: string | null;
  /** Its end is missing, where Init Duration would be. */
  readonly isCut: boolean;
}

/** An init that went wrong, or one of which the platform tells anyway. */
export interface InitReportFact extends Place {
  readonly is: 'init-report';
  readonly ms: number | null;
  readonly phase: string | null;
  readonly status: string | null;
  readonly errorType: string | null;
}

/** An exception as the runtime logs it, or as the caller received it. */
export interface ErrorFact extends Place {
  readonly is: 'uncaught' | 'answer';
  readonly errorType: string | null;
  readonly message: string | null;
  /** By its words it came up while the module was imported. */
  readonly isOfImport: boolean;
}

/** What a line tells of a run. `after`: it goes with the line before; `output`: the program wrote it; `part`: it says nothing of the run. */
export type Fact =
  | ReportFact
  | InitReportFact
  | ErrorFact
  | (Place & { readonly is: 'init-start'; readonly python: string | null })
  | (Place & { readonly is: 'done'; readonly status: string | null; readonly errorType: string | null })
  | (Place & { readonly is: 'timed-out'; readonly seconds: number | null })
  | (Place & {
      readonly is: 'exited';
      readonly exit: Exit;
      readonly status: number | null;
      readonly errorType: string | null;
    })
  | Plain<'start'>
  | Plain<'end'>
  | (Place & { readonly is: 'restore'; readonly ms: number | null; readonly status: string | null })
  | Plain<'after'>
  | Plain<'logged'>
  | Plain<'output'>
  | Plain<'part'>;

type Plain<Is> = Place & { readonly is: Is };

/** The facts of one form. */
export type FactOf<Is extends Fact['is']> = Extract<Fact, { readonly is: Is }>;

/** The facts of lines in their order. Copies of an event, and what consoles and tools say of themselves, are none. */
export function factsOf(lines: readonly ReadLine[]): readonly Fact[] {
  const isDated = lines.some(({ time }) => (time?.epoch ?? null) !== null);
  const streams = new Set(lines.map(({ stream }) => stream).filter((stream) => stream !== null));
  // Where all is of one stream, so is a line that has lost its name.
  const only = streams.size === 1 ? ([...streams][0] ?? null) : null;
  const facts = lines.flatMap((line, at) => {
    if (line.isCopy) return [];
    const next = lines[at + 1];
    // Old ends have their type in the next line.
    const type = next?.kind === 'error-type' ? textIn(next.fields, 'errorType') : null;
    return factOf(line, { at, isDated, stream: only, type }) ?? [];
  });
  const said = new Set(
    facts.flatMap((fact) => (fact.is === 'answer' && fact.message !== null ? [fact.event] : [])),
  );
  // What calls a function repeats the type of its error beside the answer.
  return facts.filter((fact) => fact.is !== 'answer' || fact.message !== null || !said.has(fact.event));
}

interface Around {
  readonly at: number;
  readonly isDated: boolean;
  readonly stream: string | null;
  readonly type: string | null;
}

function factOf(line: ReadLine, { at, isDated, stream, type: nextType }: Around): Fact | null {
  const { fields } = line;
  const place: Place = {
    at,
    event: line.event,
    stream: line.stream ?? stream,
    time: isDated ? (line.time?.epoch ?? numberIn(fields, 'at')) : (line.time?.clock ?? null),
    isDated,
    id: textIn(fields, 'requestId') || null,
    text: line.text,
  };
  const status = textIn(fields, 'status');
  const errorType = textIn(fields, 'errorType');
  switch (line.kind) {
    case 'init-start':
      return { ...place, is: 'init-start', python: textIn(fields, 'python') };
    case 'init-report':
      return {
        ...place,
        is: 'init-report',
        ms: numberIn(fields, 'initMs') ?? numberIn(fields, 'durationMs'),
        phase: textIn(fields, 'phase'),
        status,
        errorType,
      };
    case 'start':
      return { ...place, is: 'start' };
    case 'end':
      return { ...place, is: 'end' };
    case 'runtime-done':
      return { ...place, is: 'done', status, errorType };
    case 'report':
      return {
        ...place,
        is: 'report',
        durationMs: numberIn(fields, 'durationMs'),
        billedMs: numberIn(fields, 'billedMs'),
        memoryMb: numberIn(fields, 'memoryMb'),
        usedMb: numberIn(fields, 'usedMb'),
        initMs: numberIn(fields, 'initMs'),
        restoreMs: numberIn(fields, 'restoreMs'),
        status: status !== null && STATUSES.has(status) ? status : null,
        errorType,
        // What wasn't asked for isn't in a query's row.
        isCut: isCutReport(line, status) || (fields.row === 'query' && fields.initMs === undefined),
      };
    case 'restore-start':
    case 'restore-report':
    case 'restore-done':
      return {
        ...place,
        is: 'restore',
        ms: numberIn(fields, 'restoreMs') ?? numberIn(fields, 'durationMs'),
        status,
      };
    case 'timed-out':
      return { ...place, is: 'timed-out', seconds: numberIn(fields, 'seconds') };
    case 'exited':
      return { ...place, is: 'exited', ...exitIn(line, errorType ?? nextType) };
    case 'error-type':
    case 'unknown-error':
    case 'xray':
      return { ...place, is: 'after' };
    case 'runtime-trouble':
      return TOO_LARGE.test(line.text)
        ? {
            ...place,
            is: 'uncaught',
            errorType: 'Function.ResponseSizeTooLarge',
            message: null,
            isOfImport: false,
          }
        : { ...place, is: 'part' };
    case 'error-json': {
      const type = errorType !== null && line.text.trimEnd().endsWith(errorType) ? null : errorType;
      return {
        ...place,
        is: 'uncaught',
        errorType: type,
        message: messageIn(fields),
        isOfImport: false,
      };
    }
    case 'error':
    case 'import-error':
    case 'module-error':
      return {
        ...place,
        is: 'uncaught',
        errorType,
        message: messageIn(fields),
        isOfImport:
          line.kind !== 'error' ||
          (errorType === null && /^(?:Handler|Bad handler) '/.test(line.text.trim())),
      };
    case 'payload':
    case 'payload-error':
    case 'failed-state': {
      const message = messageIn(fields);
      // An answer that is cut off in its type doesn’t name it.
      const type = errorType !== null && line.text.trimEnd().endsWith(errorType) ? null : errorType;
      return type === null && message === null
        ? null
        : { ...place, is: 'answer', errorType: type, message, isOfImport: false };
    }
    case 'your-log':
    case 'your-json':
      return { ...place, is: 'logged' };
    case 'your-output':
    case 'python-warning':
      return { ...place, is: 'output' };
    case 'warning':
    case 'error-text':
    case 'traceback':
    case 'your-traceback':
    case 'frame':
    case 'source':
    case 'carets':
    case 'left-out-lines':
    case 'exception':
    case 'chain':
    case 'group-rule':
    case 'logging-error':
    case 'extension':
    case 'telemetry':
    case 'extension-log':
    case 'runtime-start':
    case 'torn-line':
    case 'not-known':
      return { ...place, is: 'part' };
    case 'init-done':
    case 'logs-dropped':
    case 'platform-event':
    case 'emulator':
      return place.id === null ? null : { ...place, is: 'part' };
    case 'tool':
      // A call that was refused.
      return errorType === null || !line.text.includes('the Invoke operation')
        ? null
        : { ...place, is: 'answer', errorType, message: null, isOfImport: false };
    case 'cut-line':
    case 'left-out':
      // A piece of how an attempt ended, or what may have told of it.
      if (fields.of !== 'end') return null;
      return { ...place, is: place.id === null ? 'after' : 'part' };
    case 'command':
    case 'console':
    case 'emulator-timed-out':
    case 'gateway':
    case 'gateway-error':
    case 'http-head':
    case 'invoke-answer':
    case 'wrapper':
      return null;
  }
}

/** The Runtime API refuses an answer. */
const TOO_LARGE = /post handler success response.*\b413\b/s;

/** How a REPORT says that an attempt ended. */
const STATUSES: ReadonlySet<string> = new Set(['success', 'error', 'failure', 'timeout']);

/** Fields of a REPORT as text, and what follows them in the same event. */
const REPORT_TEXT =
  /REPORT|RequestId: *[^\s]+|(?:Billed |Init |Restore )*Duration: *[\d.]+ *ms|(?:Memory Size|Max Memory Used): *\d+ *MB|Status: *[a-z]+|Error Type: *[\w.]+|XRAY.*/gs;

/** A field's beginning at the end of the line. */
const BEGUN =
  /(?:^|\s)(?:Init|Ini|In|I|Init D\w*:?[\s\d.]*m?|Ma?x?|M\w* ?\w* ?\w*:?\s*\d*M?|S\w*:?|E\w*( T\w*:?)?)\s*$/;

function isCutReport({ kind, text, fields }: ReadLine, status: string | null): boolean {
  if (kind !== 'report' || text.trimStart().startsWith('{')) return false;
  if (status !== null && !STATUSES.has(status)) return true;
  if (!text.includes('REPORT')) return false;
  return numberIn(fields, 'usedMb') === null || BEGUN.test(text.replaceAll(REPORT_TEXT, ' '));
}

/** An error's text; where line ends got lost its traceback is glued to it. */
function messageIn(fields: ReadLine['fields']): string | null {
  return textIn(fields, 'errorMessage')?.split(/\s*Traceback \(most recent call last\):?/)[0] ?? null;
}

function exitIn(
  { fields, text }: ReadLine,
  errorType: string | null,
): Pick<FactOf<'exited'>, 'exit' | 'status' | 'errorType'> {
  const signal = textIn(fields, 'signal');
  const status = numberIn(fields, 'exitStatus') ?? numberIn(fields, 'exitCode');
  if (errorType?.startsWith('Extension.') === true) return { exit: 'extension', status, errorType };
  if (errorType === 'Runtime.InvalidEntrypoint' || text.includes('fork/exec'))
    return { exit: 'entry-point', status: null, errorType };
  if (signal === 'killed') return { exit: 'killed', status: null, errorType };
  if (signal?.startsWith('segmentation fault') === true)
    return { exit: 'segmentation-fault', status: null, errorType };
  if (signal !== null) return { exit: 'signal', status: null, errorType };
  return /without providing a reason|before completing/.test(text)
    ? { exit: 'no-reason', status: null, errorType }
    : { exit: 'status', status, errorType };
}

/** A field's text, null where there is none. */
export function textIn(fields: ReadLine['fields'], name: string): string | null {
  const value = ownValue(fields, name);
  return value === undefined ? null : String(value);
}

/** A field's number, null where there is none. */
export function numberIn(fields: ReadLine['fields'], name: string): number | null {
  const value = ownValue(fields, name);
  return typeof value === 'number' ? value : null;
}
