/**
 * What may a line of a log be, and what does it tell? One table: a row is a form that Lambda, its runtime, an emulator or a tool has
 * written in some year. A row's example is a real line with its source (`LOG-FORMS` and `LAMBDA-2026` are the project's notes on them;
 * names with a dash and a number are files of `tests/fixtures/logs`). The first row that fits decides.
 *
 * What only the lines around a line can tell (sources, carets, output) has kinds but no rows: `read-lines.ts`.
 */
import { ownValue } from '../trace/own-value.ts';
import type { Owner } from './owner.ts';
import { pythonOf, timeToEpoch, valueOf } from './intake/values.ts';

/** Everything that a line can be, and whose a line of this kind is. A frame's own owner stands in its field `owner`. */
const OWNERS = {
  // What the platform writes around a run.
  'init-start': 'platform',
  'init-report': 'platform',
  'init-done': 'platform',
  'restore-start': 'platform',
  'restore-report': 'platform',
  'restore-done': 'platform',
  start: 'platform',
  end: 'platform',
  report: 'platform',
  'runtime-done': 'platform',
  xray: 'platform',
  'timed-out': 'platform',
  exited: 'platform',
  'error-type': 'platform',
  'unknown-error': 'platform',
  extension: 'platform',
  telemetry: 'platform',
  'logs-dropped': 'platform',
  'platform-event': 'platform',
  'cut-line': 'platform',
  'torn-line': 'runtime',
  // What the runtime writes.
  warning: 'runtime',
  error: 'runtime',
  'error-text': 'runtime',
  'error-json': 'runtime',
  'import-error': 'runtime',
  'module-error': 'runtime',
  'runtime-trouble': 'runtime',
  'runtime-start': 'runtime',
  // A traceback: the runtime's, and one that the reader's own program wrote.
  traceback: 'runtime',
  'your-traceback': 'yours',
  frame: 'yours',
  source: 'yours',
  carets: 'yours',
  'left-out-lines': 'yours',
  exception: 'yours',
  chain: 'yours',
  'group-rule': 'yours',
  // What the reader's program writes.
  'your-output': 'yours',
  'your-log': 'yours',
  'your-json': 'yours',
  'python-warning': 'yours',
  'logging-error': 'yours',
  // What a caller is answered.
  payload: 'yours',
  'payload-error': 'platform',
  'invoke-answer': 'tool',
  'failed-state': 'platform',
  'http-head': 'tool',
  gateway: 'platform',
  'gateway-error': 'platform',
  // What others write.
  'extension-log': 'extension',
  emulator: 'tool',
  'emulator-timed-out': 'tool',
  tool: 'tool',
  command: 'tool',
  wrapper: 'tool',
  console: 'console',
  'left-out': 'unknown',
  'not-known': 'unknown',
} as const satisfies Record<string, Owner>;

/** What a line is. */
export type Kind = keyof typeof OWNERS;

/** Every kind there is, for tables of words. */
export const KINDS = Object.keys(OWNERS) as readonly Kind[];

/** Whose a line of this kind is. */
export function kindOwner(kind: Kind): Owner {
  return OWNERS[kind];
}

/** What a line tells, by name: numbers in ms and MB, times as epoch ms, the rest as it was written. */
export type Fields = Readonly<Record<string, string | number>>;

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface RowBase {
  readonly kind: Kind;
  /** A real line. */
  readonly example: string;
  readonly source: string;
  /** What the example's fields are. */
  readonly gives: Fields;
}

/** A form of a line of text. */
export interface TextRow extends RowBase {
  /** Characters that it may begin with, where they are few: a row that can't fit isn't tried. */
  readonly first?: string;
  /** Named groups are fields. */
  readonly pattern: RegExp;
  readonly also?: (text: string, fields: Fields) => Fields;
}

/** A form of an object in JSON. */
export interface JsonRow extends RowBase {
  readonly read: (object: Readonly<Record<string, Json>>) => Fields | null;
}

type JsonObject = Readonly<Record<string, Json>>;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object says under these names, as text. */
function strings(object: JsonObject, names: readonly string[]): Fields {
  const fields = new Map<string, string>();
  for (const name of names) addText(fields, name, ownValue(object, name));
  return Object.fromEntries(fields);
}

function addText(fields: Map<string, string>, field: string, value: Json | undefined): void {
  if (typeof value === 'string' && value !== '') fields.set(field, value);
  else if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    fields.set(field, value.join(', '));
}

function renamed(object: JsonObject, names: Readonly<Record<string, string>>): Fields {
  const fields = new Map<string, string>();
  for (const [name, field] of Object.entries(names)) addText(fields, field, ownValue(object, name));
  return Object.fromEntries(fields);
}

function numbers(object: JsonObject, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, field]) => {
      const value = ownValue(object, name);
      return typeof value === 'number' ? [[field, value]] : [];
    }),
  );
}

function levelAndTime(object: JsonObject): Fields {
  const at = [object.timestamp, object.time, object.asctime, object['@timestamp']].flatMap((time) =>
    typeof time === 'string' ? [timeToEpoch(time)] : [],
  )[0];
  const level = object.log_level ?? object.level ?? object.levelname ?? object['log.level'];
  return {
    ...(typeof level === 'string' ? { level } : {}),
    ...(at === undefined || at === null ? {} : { at }),
  };
}

/** What most loggers write under the same names. */
function logFields(object: JsonObject): Fields {
  const message = object.message ?? object.msg ?? object.event;
  return {
    ...(typeof message === 'string' ? { message } : {}),
    ...strings(object, ['location']),
    ...levelAndTime(object),
  };
}

/** An id that is empty says something: the error came before the handler. */
function errorFields(object: JsonObject): Fields {
  const { requestId } = object;
  return {
    ...strings(object, ['errorType', 'errorMessage']),
    ...(typeof requestId === 'string' ? { requestId } : {}),
  };
}

/** A row for an event of the platform in the JSON log format, by the beginning of its type. */
function platformRow(type: string, kind: Kind, row: Pick<JsonRow, 'example' | 'source' | 'gives'>): JsonRow {
  const read = (object: JsonObject): Fields | null => {
    const name = object.type;
    if (typeof name !== 'string' || !(type.endsWith('.') ? name.startsWith(type) : name === type))
      return null;
    const { record } = object;
    const at = typeof object.time === 'string' ? timeToEpoch(object.time) : null;
    const time = at === null ? {} : { at };
    if (!isObject(record)) {
      const message = typeof record === 'string' ? { message: record } : {};
      return kind === 'platform-event' ? { ...time, name, ...message } : time;
    }
    const metrics = isObject(record.metrics) ? record.metrics : {};
    const fields: Fields = {
      ...time,
      ...strings(record, [
        'requestId',
        'phase',
        'initializationType',
        'status',
        'errorType',
        'runtimeVersion',
        'functionName',
        'instanceId',
        'name',
        'state',
        'events',
        'types',
        'reason',
      ]),
      ...renamed(record, { runtimeVersionArn: 'runtimeArn', functionVersion: 'version', version: 'version' }),
      ...numbers(record, { droppedRecords: 'droppedRecords' }),
      ...numbers(metrics, {
        durationMs:
          kind === 'init-report' ? 'initMs' : kind === 'restore-report' ? 'restoreMs' : 'durationMs',
        billedDurationMs: 'billedMs',
        memorySizeMB: 'memoryMb',
        maxMemoryUsedMB: 'usedMb',
        initDurationMs: 'initMs',
        restoreDurationMs: 'restoreMs',
        billedRestoreDurationMs: 'billedRestoreMs',
      }),
    };
    const python = pythonOf(String(fields.runtimeVersion ?? ''));
    const named = kind === 'platform-event' ? { name } : {};
    return { ...fields, ...(python === null ? {} : { python }), ...named };
  };
  return { kind, read, ...row };
}

const UUID = String.raw`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`;
/** An id as it is, or with what its author put in its place. */
const ID = String.raw`(?<requestId>${UUID}|<[^>\s]{1,60}>|[\w*.…#-]{1,64}?)`;
const TIME = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;
const LEVELS = 'DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL|TRACE|NOTSET';
const LEVEL = String.raw`(?<level>${LEVELS})`;
/** What a logger's line may say behind its level: not a line of the platform, which some tool gave a level. */
const LOGGED = String.raw`(?<message>(?!(?:START|END|REPORT|XRAY|INIT_\w+|RESTORE_\w+|EXTENSION|TELEMETRY)\s).{0,8000})`;
/** A value in pairs of \`key=value\`. */
const VALUE = String.raw`(?:"(?:[^"\\]|\\.){0,4000}"|[^\s"]{0,1000})`;

const REPORT_FIELD =
  /(?:(Billed Restore Duration|Restore Duration|Billed Duration|Init Duration|Duration|Memory Size|Max Memory Used):\s*(\d{1,12}(?:\.\d{1,9})?)\s*(?:ms|MB))|Phase:\s*([a-z]{4,12}?)(?=Status|\s|$)|Status:\s*([a-z]{2,20}?)(?=Error Type|\s|$)|Error Type:\s*([A-Za-z][\w.]{0,120})/g;
const REPORT_NAMES: Readonly<Record<string, string>> = {
  Duration: 'durationMs',
  'Billed Duration': 'billedMs',
  'Init Duration': 'initMs',
  'Restore Duration': 'restoreMs',
  'Billed Restore Duration': 'billedRestoreMs',
  'Memory Size': 'memoryMb',
  'Max Memory Used': 'usedMb',
};

/** Fields of REPORT and its like by their names: tabs between them are often lost, and so is their order. */
function namedFields(text: string): Fields {
  const fields = new Map<string, string | number>();
  const keep = (name: string, value: string | number): void => {
    if (!fields.has(name)) fields.set(name, value);
  };
  REPORT_FIELD.lastIndex = 0;
  for (let match = REPORT_FIELD.exec(text); match !== null; match = REPORT_FIELD.exec(text)) {
    const [, name, value, phase, status, errorType] = match as readonly (string | undefined)[];
    const field = name === undefined ? undefined : ownValue(REPORT_NAMES, name);
    if (field !== undefined) keep(field, Number(value));
    else if (phase !== undefined) keep('phase', phase);
    else if (status !== undefined) keep('status', status);
    else if (errorType !== undefined) keep('errorType', errorType);
  }
  return Object.fromEntries(fields);
}

/** A local REPORT has its Init Duration before Duration; Lambda's has it at the end. */
function reportFields(text: string): Fields {
  const fields = namedFields(text);
  const isLocal = /^REPORT\s+RequestId:\s*\S+?\s*Init Duration:/.test(text);
  return isLocal ? { ...fields, emulator: 'local' } : fields;
}

function versionFields(_text: string, { runtimeVersion }: Fields): Fields {
  const python = pythonOf(String(runtimeVersion));
  return python === null ? {} : { python };
}

const DIGITS = '0123456789';

/** The forms of lines of text. */
export const TEXT_ROWS: readonly TextRow[] = [
  {
    kind: 'init-start',
    first: 'I',
    pattern:
      /^INIT_START\s+Runtime Version:\s*(?<runtimeVersion>[^\s]{1,80}?)(?:\s*Runtime Version ARN:\s*(?<runtimeArn>\S{0,200}))?$/,
    also: versionFields,
    example:
      'INIT_START Runtime Version: python:3.13.v31\tRuntime Version ARN: arn:aws:lambda:eu-north-1::runtime:f713ac0afb982fcdf9bac88eaa00c31352efae870b225c19f1603fe79159a6f1',
    source: 'console-5',
    gives: {
      runtimeVersion: 'python:3.13.v31',
      runtimeArn:
        'arn:aws:lambda:eu-north-1::runtime:f713ac0afb982fcdf9bac88eaa00c31352efae870b225c19f1603fe79159a6f1',
      python: '3.13',
    },
  },
  {
    kind: 'init-report',
    first: 'I',
    pattern: /^INIT_REPORT\s+Init Duration:/,
    also: namedFields,
    example:
      'INIT_REPORT Init Duration: 137.69 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError',
    source: 'errors-1',
    gives: { initMs: 137.69, phase: 'init', status: 'error', errorType: 'Runtime.ImportModuleError' },
  },
  {
    kind: 'restore-start',
    first: 'R',
    pattern:
      /^RESTORE_START\s+Runtime Version:\s*(?<runtimeVersion>\S{1,80}?)(?:\s*Runtime Version ARN:\s*(?<runtimeArn>\S{0,200}))?$/,
    also: versionFields,
    example:
      'RESTORE_START Runtime Version: python:3.12.v57\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:0a',
    source: 'LAMBDA-2026, section 1',
    gives: {
      runtimeVersion: 'python:3.12.v57',
      runtimeArn: 'arn:aws:lambda:us-east-1::runtime:0a',
      python: '3.12',
    },
  },
  {
    kind: 'restore-report',
    first: 'R',
    pattern: /^RESTORE_REPORT\s+Restore Duration:/,
    also: namedFields,
    example: 'RESTORE_REPORT Restore Duration: 511.25 ms\tStatus: error\tError Type: Runtime.ExitError',
    source: 'LAMBDA-2026, section 1',
    gives: { restoreMs: 511.25, status: 'error', errorType: 'Runtime.ExitError' },
  },
  {
    kind: 'start',
    first: 'S',
    pattern: new RegExp(String.raw`^START\s+RequestId:\s*${ID}\s*Version:\s*(?<version>\S{1,140})$`),
    example: 'START RequestId: c96b666f-2206-4d1e-a8bb-47d5588602e1 Version: $LATEST',
    source: 'console-2',
    gives: { requestId: 'c96b666f-2206-4d1e-a8bb-47d5588602e1', version: '$LATEST' },
  },
  {
    kind: 'report',
    first: 'E',
    pattern:
      /^END Duration: (?<durationMs>\d{1,9}(?:\.\d{1,3})?) ms(?: \(init: (?<initMs>\d{1,9}(?:\.\d{1,3})?) ms\))? Memory Used: (?<usedMb>\d{1,6}) MB$/,
    example: 'END Duration: 142.51 ms (init: 369.27 ms) Memory Used: 88 MB',
    source: 'form only: the Serverless Framework 3',
    gives: { durationMs: 142.51, initMs: 369.27, usedMb: 88 },
  },
  {
    kind: 'end',
    first: 'E',
    pattern: new RegExp(String.raw`^END\s+RequestId:\s*${ID}$`),
    example: 'END RequestId: c96b666f-2206-4d1e-a8bb-47d5588602e1',
    source: 'console-2',
    gives: { requestId: 'c96b666f-2206-4d1e-a8bb-47d5588602e1' },
  },
  {
    kind: 'report',
    first: 'R',
    pattern: new RegExp(
      String.raw`^REPORT\s+RequestId:\s*${ID}(?=\s*(?:(?:Billed |Init |Restore )*Duration|Memory Size|Status|$)|\s)`,
    ),
    also: reportFields,
    example:
      'REPORT RequestId: c50d3dad-b5e4-4d8e-a088-f64781d58726\tDuration: 98.71 ms\tBilled Duration: 99 ms\tMemory Size: 512 MB\tMax Memory Used: 46 MB\tStatus: error\tError Type: Runtime.ImportModuleError',
    source: 'errors-1',
    gives: {
      requestId: 'c50d3dad-b5e4-4d8e-a088-f64781d58726',
      durationMs: 98.71,
      billedMs: 99,
      memoryMb: 512,
      usedMb: 46,
      status: 'error',
      errorType: 'Runtime.ImportModuleError',
    },
  },
  {
    kind: 'xray',
    first: 'X',
    pattern:
      /^XRAY\s+TraceId:\s*(?<traceId>\S{1,60}?)(?:\s*SegmentId:\s*(?<segmentId>[\w-]{1,40}?))?(?:\s*Sampled:\s*(?<sampled>\w{0,6}))?$/,
    example: 'XRAY TraceId: 1-68f7d85d-1ec5fa9df3a6b27b3183d410\tSegmentId: 79fa2daa007eeaa6\tSampled: true',
    source: 'insights-4',
    gives: {
      traceId: '1-68f7d85d-1ec5fa9df3a6b27b3183d410',
      segmentId: '79fa2daa007eeaa6',
      sampled: 'true',
    },
  },
  {
    kind: 'timed-out',
    pattern: new RegExp(
      String.raw`^(?:RequestId:\s*)?(?:(?<time>${TIME})\s+)?(?:${ID}\s+)?(?:Error:\s+)?Task timed out after (?<seconds>\d{1,5}(?:\.\d{1,6})?) seconds$`,
    ),
    example:
      '2022-10-04T16:23:04.624Z c96b666f-2206-4d1e-a8bb-47d5588602e1 Task timed out after 3.03 seconds',
    source: 'console-2',
    gives: {
      at: 1664900584624,
      requestId: 'c96b666f-2206-4d1e-a8bb-47d5588602e1',
      seconds: 3.03,
    },
  },
  {
    kind: 'exited',
    first: 'RPE',
    pattern: new RegExp(
      String.raw`^(?:RequestId:\s*${ID}\s+)?(?:Process exited before completing request|Error:?\s+(?:Runtime exited (?:with error: (?:exit status (?<exitStatus>\d{1,3})|signal: (?<signal>[a-z][a-z \-]{2,40}(?:\(core dumped\))?))|without providing a reason)|exit code (?<exitCode>\d{1,3})|(?:exit status|fork\/exec) .{0,200}?))(?:\s+(?<errorType>[A-Z]\w{2,30}\.[A-Z]\w{2,60})\.?)?$`,
    ),
    example:
      'RequestId: 77d18735-a340-4cea-82a5-5f0611936487 Error: Runtime exited with error: signal: segmentation fault (core dumped)',
    source: 'mixed-6',
    gives: {
      requestId: '77d18735-a340-4cea-82a5-5f0611936487',
      signal: 'segmentation fault (core dumped)',
    },
  },
  {
    kind: 'platform-event',
    first: 'I',
    pattern: /^IMAGE\s+Launch error:\s*(?<message>.{0,2000})$/,
    example:
      'IMAGE\tLaunch error: fork/exec /lambda-entrypoint.sh: exec format error\tEntry Point: [/lambda-entrypoint.sh]\tCmd: [app.handler]\tWorkingDir: [/var/task]',
    source: 'form only: an image whose entry point doesn’t run',
    gives: {
      message:
        'fork/exec /lambda-entrypoint.sh: exec format error\tEntry Point: [/lambda-entrypoint.sh]\tCmd: [app.handler]\tWorkingDir: [/var/task]',
    },
  },
  {
    kind: 'error-type',
    first: 'RSEFHI',
    pattern: /^(?<errorType>(?:Runtime|Sandbox|Extension|Function|Handler|Init)\.[A-Z]\w{2,60})$/,
    example: 'Runtime.ExitError',
    source: 'mixed-6',
    gives: { errorType: 'Runtime.ExitError' },
  },
  {
    kind: 'unknown-error',
    first: 'U',
    pattern: /^Unknown application error occurred(?:\s+(?<errorType>[A-Z]\w{2,30}\.[A-Z]\w{2,60}))?$/,
    example: 'Unknown application error occurred',
    source: 'tools-1',
    gives: {},
  },
  {
    kind: 'extension',
    first: 'E',
    pattern:
      /^EXTENSION\s+Name:\s*(?<name>\S{1,200})\s+State:\s*(?<state>\w{1,30})(?:\s+Events:\s*\[(?<events>[\w, ]{0,200})\]?)?(?:\s+Error Type:\s*(?<errorType>\S{1,120}))?$/,
    example: 'EXTENSION Name: datadog-agent State: Registered Events: [INVOKE,SHUTDOWN]',
    source: 'errors-6',
    gives: { name: 'datadog-agent', state: 'Registered', events: 'INVOKE,SHUTDOWN' },
  },
  {
    kind: 'telemetry',
    first: 'TL',
    pattern:
      /^(?:TELEMETRY|LOGS)\s+Name:\s*(?<name>\S{1,200})\s+State:\s*(?<state>\w{1,30})(?:\s+Types:\s*\[(?<types>[\w, ]{0,200})\]?)?$/,
    example: 'TELEMETRY Name: datadog-agent State: Subscribed Types: [Platform, Function, Extension]',
    source: 'errors-6',
    gives: { name: 'datadog-agent', state: 'Subscribed', types: 'Platform, Function, Extension' },
  },
  {
    kind: 'warning',
    first: '[L',
    pattern: new RegExp(
      String.raw`^(?:\[WARNING\]\s*(?:(?<time>${TIME})\s+)?(?:(?<requestId>${UUID})\s+)?)?LAMBDA_WARNING: (?<message>.{1,2000})$`,
    ),
    example:
      '[WARNING]\t2026-04-22T21:00:55.004Z\t\tLAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code.',
    source: 'errors-1 (its beginning)',
    gives: {
      at: 1776891655004,
      message: 'Unhandled exception. The most likely cause is an issue in the function code.',
    },
  },
  {
    kind: 'runtime-trouble',
    first: '[',
    pattern:
      /^\[(?<level>ERROR|WARN|WARNING|INFO)\]\s*\[(?<epoch>\d{10,16})\]\s*LAMBDA_RUNTIME:?\s*(?<message>.{1,4000})$/,
    example: '[ERROR] [1639909113400] LAMBDA_RUNTIME Failed to get next invocation. Http Response code: 403',
    source: 'tools-6',
    gives: {
      level: 'ERROR',
      at: 1639909113400,
      message: 'Failed to get next invocation. Http Response code: 403',
    },
  },
  {
    kind: 'runtime-start',
    first: DIGITS,
    pattern:
      /^\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d,\d{3} \[INFO\] \((?<file>\/var\/runtime\/[^)]{1,100})\) (?<message>(?:main started|init complete) at epoch (?<epoch>\d{13}))$/,
    example:
      '26 Jan 2022 09:05:13,763 [INFO] (/var/runtime/bootstrap.py) main started at epoch 1643187913763',
    source: 'trace-3',
    gives: {
      file: '/var/runtime/bootstrap.py',
      message: 'main started at epoch 1643187913763',
      at: 1643187913763,
    },
  },
  {
    kind: 'import-error',
    first: 'US',
    pattern:
      /^(?<errorMessage>(?:Unable to import|Syntax error in) module '(?<module>[^']{1,300})': .{1,2000})$/,
    example: "Unable to import module 'lambda_function': No module named 'lambda_function'",
    source: 'tools-6',
    gives: {
      errorMessage: "Unable to import module 'lambda_function': No module named 'lambda_function'",
      module: 'lambda_function',
    },
  },
  {
    kind: 'error',
    first: 'HB',
    pattern:
      /^(?<errorMessage>(?:Handler '[^']{1,200}' missing on module|Bad handler) '[^']{1,300}'(?:: .{1,400})?)$/,
    example: "Handler 'lambda_handler' missing on module 'main'",
    source: 'form only: runtimes up to Python 3.6, which name no class',
    gives: { errorMessage: "Handler 'lambda_handler' missing on module 'main'" },
  },
  {
    kind: 'module-error',
    first: 'm',
    pattern: /^module initialization error(?:: (?<errorMessage>.{1,4000}))?$/,
    example: 'module initialization error: Please install AIOHTTP or pass custom transport factory',
    source: 'console-7',
    gives: { errorMessage: 'Please install AIOHTTP or pass custom transport factory' },
  },
  {
    kind: 'error',
    first: '[',
    pattern:
      /^\[ERROR\]\s*(?<errorType>(?:[A-Za-z_]\w{0,80}\.){0,8}[A-Z_]\w{0,80})(?::\s*(?<errorMessage>.{0,8000}))?$/,
    example: "[ERROR] Runtime.ImportModuleError: Unable to import module 'search': No module named 'search'",
    source: 'errors-1',
    gives: {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Unable to import module 'search': No module named 'search'",
    },
  },
  {
    kind: 'your-log',
    first: '[',
    pattern: new RegExp(
      String.raw`^\[${LEVEL}\]\s*(?<time>${TIME})(?:\s+(?<requestId>${UUID}|[\w*#-]{0,8}[X*x#]{3}[\w*#-]{0,40}|<[^>\s]{1,60}>))?(?:\s+(?<message>.{0,8000}))?$`,
    ),
    example: '[INFO]\t2020-12-31T08:54:32.217Z\t473d409a-e1c1-4219-9531-21bacccaaa04\tBAR',
    source: 'errors-10',
    gives: {
      level: 'INFO',
      at: 1609404872217,
      requestId: '473d409a-e1c1-4219-9531-21bacccaaa04',
      message: 'BAR',
    },
  },
  {
    kind: 'error',
    first: DIGITS,
    pattern: new RegExp(
      String.raw`^(?<time>${TIME})\s+(?<requestId>${UUID})\s+ERROR\s+(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s+\{"errorType":\s*"(?<errorType>[\w.]{1,80})",\s*"errorMessage":\s*"(?<errorMessage>(?:[^"\\]|\\.){0,4000})`,
    ),
    example:
      '2026-03-05T15:21:38.354Z\t8968b091-364d-4a8f-897b-1297e15facf5\tERROR\tInvoke Error \t{"errorType":"TypeError","errorMessage":"order is not iterable","stack":[]}',
    source: 'form only: what a runtime of JavaScript writes',
    gives: {
      at: 1772724098354,
      requestId: '8968b091-364d-4a8f-897b-1297e15facf5',
      errorType: 'TypeError',
      errorMessage: 'order is not iterable',
    },
  },
  {
    kind: 'your-log',
    first: DIGITS,
    pattern: new RegExp(
      String.raw`^(?<time>${TIME})(?: \([+-]\d\d:\d\d\))?\s+(?<requestId>${UUID})\s+(?:${LEVEL}\s+)?(?<message>.{0,8000})$`,
    ),
    example: '2018-07-17 16:38:25.000 (+02:00)\t8968b091-364d-4a8f-897b-1297e15facf5\thello',
    source: 'form only: `sls logs`, and loggers that write time, id and text',
    gives: { at: 1531845505000, requestId: '8968b091-364d-4a8f-897b-1297e15facf5', message: 'hello' },
  },
  {
    kind: 'traceback',
    first: 'T',
    pattern: /^Traceback \(most recent call last\):?$/,
    example: 'Traceback (most recent call last):',
    source: 'errors-1',
    gives: {},
  },
  {
    kind: 'traceback',
    first: '╭┌+',
    pattern: /^[╭┌+][─━-]{2,200} Traceback \(most recent call last\) [─━-]{2,200}[╮┐+]$/u,
    example:
      '╭─────────────────────────────── Traceback (most recent call last) ────────────────────────────────╮',
    source: 'form only: rich, as structlog uses it',
    gives: {},
  },
  {
    kind: 'frame',
    first: 'Ff',
    pattern:
      /^File ["“](?<file>[^"”]{1,500})["”],? line (?<line>\d{1,7})(?:, in (?<function>[\w<>.]{1,200}))?$/i,
    example: '  File "/var/task/app.py", line 27, in handler',
    source: 'trace-7',
    gives: { file: '/var/task/app.py', line: 27, function: 'handler' },
  },
  {
    kind: 'chain',
    first: 'DT',
    pattern:
      /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):?$/,
    example: 'During handling of the above exception, another exception occurred:',
    source: 'trace-9',
    gives: {},
  },
  {
    kind: 'your-log',
    first: '[',
    pattern: new RegExp(String.raw`^\[${LEVEL}\]:?\s{1,8}(?<message>.{0,8000})$`),
    example: '[ERROR] could not connect to the database',
    source: 'form only: a program that prints as the runtime does',
    gives: { level: 'ERROR', message: 'could not connect to the database' },
  },
  {
    kind: 'your-log',
    first: `${DIGITS}[`,
    pattern: new RegExp(
      String.raw`^(?:(?:(?<time>${TIME})|\d{4}-\d\d-\d\d \d\d:\d\d\.\d\d)\s+\[(?<level>debug|info|warn|warning|error|critical|exception|fatal|notset)\s*\]|\[(?:debug|info|warn|warning|error|critical|exception|fatal|notset)\s+\])(?:\s+(?<message>.{0,8000}))?$`,
    ),
    also: (text, { message }) => {
      const level = /\[(\w+)\s*\]/.exec(text)?.[1] ?? '';
      const event =
        String(message ?? '')
          .split(/\s+(?=[\w.]{1,80}=)/, 1)[0]
          ?.trim() ?? '';
      return { level, ...(event === '' ? {} : { message: event }), logger: 'structlog' };
    },
    example: '2026-03-05 15:21:38 [info     ] order.loaded                   order_id=17 total=3',
    source: 'form only: structlog’s ConsoleRenderer',
    gives: { at: 1772724098000, level: 'info', message: 'order.loaded', logger: 'structlog' },
  },
  {
    kind: 'wrapper',
    first: '`~',
    pattern: /^(?:(?:`{3,}|~{3,})\s*\w{0,20}|`{1,2})$/,
    example: '```',
    source: 'insights-2',
    gives: {},
  },
  {
    kind: 'wrapper',
    first: ']}',
    pattern: /^[\]}[{(),;"'`]{1,4}$/,
    example: '},',
    source: 'tail-5',
    gives: {},
  },
  {
    kind: 'wrapper',
    first: '<',
    pattern:
      /^(?:<\/?(?:pre|code|samp|details|summary|table|thead|tbody|tr|td|th|blockquote|div|span|p|br|ul|ol|li)(?:\s[^<>]{0,200})?\/?>\s*){1,12}(?:(?<=<summary>)[^<]{0,100}<\/summary>)?$/,
    example: '<details><summary>Logs</summary>',
    source: 'form only: HTML in an issue',
    gives: {},
  },
  {
    kind: 'wrapper',
    first: '╷╵│┃Obf{',
    pattern:
      /^(?:[╷╵│┃]|\{\/?(?:code|noformat|quote|panel)(?::[^}]{0,100})?\}|On .{6,120} wrote:|[bf]\/\d{20,80}(?:\/s)?(?:\s+[bf]\/\d{20,80}(?:\/s)?)?)$/,
    example:
      'b/38492837498273498273498273498273498273498273/s\tf/38492837498273498273498273498273498273498273/s',
    source: 'form only: the tokens of get-log-events --output text',
    gives: {},
  },
  {
    kind: 'logging-error',
    first: '-',
    pattern: /^--- Logging error ---$/,
    example: '--- Logging error ---',
    source: 'mixed-7',
    gives: {},
  },
  {
    kind: 'python-warning',
    pattern:
      /^(?<file>[^\s:]{1,300}|<\w{1,30}>):(?<line>\d{1,7}): (?<errorType>\w{0,60}Warning): (?<message>.{0,4000})$/,
    example: "/var/task/lambda_function.py:38: SyntaxWarning: invalid escape sequence '\\d'",
    source: 'console-3',
    gives: {
      file: '/var/task/lambda_function.py',
      line: 38,
      errorType: 'SyntaxWarning',
      message: "invalid escape sequence '\\d'",
    },
  },
  {
    kind: 'extension-log',
    first: `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`,
    pattern:
      /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \\?\| )?(?<name>[A-Z]{2,20}_EXTENSION) \\?\| (?<level>[A-Z]{4,8}) \\?\| (?<message>.{0,4000})$/,
    example: '2023-02-20 16:56:16 UTC \\| DD_EXTENSION \\| ERROR \\| No API key configured, exiting',
    source: 'errors-6',
    gives: { name: 'DD_EXTENSION', level: 'ERROR', message: 'No API key configured, exiting' },
  },
  {
    kind: 'extension-log',
    first: '[',
    pattern:
      /^\[(?<name>[\w.-]{1,60}[ _-]?(?:extension|Extension|EXTENSION|EXT|LAYER|layer))\]\s(?<message>.{0,4000})$/,
    example: '[NR_EXT_LAMBDA_LAYER] New Relic Lambda Extension starting up',
    source: 'form only: a name of an extension in brackets',
    gives: { name: 'NR_EXT_LAMBDA_LAYER', message: 'New Relic Lambda Extension starting up' },
  },
  {
    kind: 'emulator',
    first: DIGITS,
    pattern:
      /^\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d,\d{3} \[(?<level>[A-Z]{4,8})\] \(rapid\) (?<message>.{0,4000})$/,
    example: '06 Oct 2025 11:09:56,489 [INFO] (rapid) INIT REPORT(durationMs: 37.204000)',
    source: 'errors-7',
    gives: {
      level: 'INFO',
      message: 'INIT REPORT(durationMs: 37.204000)',
      emulator: 'rie',
      durationMs: 37.204,
    },
    also: (text) => {
      const ms = /\bREPORT\(durationMs: (\d{1,9}(?:\.\d{1,9})?)/.exec(text)?.[1];
      return { emulator: 'rie', ...(ms === undefined ? {} : { durationMs: Number(ms) }) };
    },
  },
  {
    kind: 'emulator',
    first: 't',
    pattern: /^time="(?<time>[^"]{10,40})" level=(?<level>\w{4,8}) msg="(?<message>(?:[^"\\]|\\.){0,4000})"?/,
    also: () => ({ emulator: 'rie' }),
    example:
      'time="2021-12-03T01:31:18.345" level=warning msg="Cannot list external agents" error="open /opt/extensions: no such file or directory"',
    source: 'errors-8',
    gives: { level: 'warning', at: 1638495078345, message: 'Cannot list external agents', emulator: 'rie' },
  },
  {
    kind: 'emulator',
    first: 'S',
    pattern: new RegExp(
      String.raw`^START ${ID}: Lambda (?<functionArn>arn:\S{1,200}) started via "(?<executor>[\w-]{1,20})" executor\b`,
    ),
    also: () => ({ emulator: 'localstack' }),
    example:
      'START cf48b004-9d4c-41c0-9e70-d2ddf07bedea: Lambda arn:aws:lambda:eu-west-1:000000000000:function:lambda_bar started via "local" executor ...',
    source: 'errors-10',
    gives: {
      requestId: 'cf48b004-9d4c-41c0-9e70-d2ddf07bedea',
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:lambda_bar',
      executor: 'local',
      emulator: 'localstack',
    },
  },
  {
    kind: 'emulator',
    first: `${DIGITS}DIWE`,
    pattern:
      /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\s+)?(?<level>DEBUG|INFO|WARN|WARNING|ERROR) --- \[[^\]]{0,80}\] (?<logger>(?:l|localstack)[\w.]{1,80})\s*:\s?(?<message>.{0,4000})$/,
    also: () => ({ emulator: 'localstack' }),
    example:
      '2024-05-02T09:00:00.123  INFO --- [   asgi_gw_0] localstack.request.aws     : AWS lambda.Invoke => 200',
    source: 'form only: LocalStack 3',
    gives: {
      level: 'INFO',
      logger: 'localstack.request.aws',
      message: 'AWS lambda.Invoke => 200',
      emulator: 'localstack',
    },
  },
  {
    kind: 'emulator',
    first: `${DIGITS}DIWE`,
    pattern:
      /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[:.]\d{1,3})?:)?(?<level>DEBUG|INFO|WARN|WARNING|ERROR):(?<logger>localstack[\w.]{0,80}):\s(?<message>.{0,4000})$/,
    also: () => ({ emulator: 'localstack' }),
    example:
      '2022-03-01T12:00:00:DEBUG:localstack.services.awslambda.lambda_executors: Lambda arn:aws:lambda:eu-west-1:000000000000:function:f result / log output:',
    source: 'form only: LocalStack 0.14',
    gives: {
      level: 'DEBUG',
      logger: 'localstack.services.awslambda.lambda_executors',
      message: 'Lambda arn:aws:lambda:eu-west-1:000000000000:function:f result / log output:',
      emulator: 'localstack',
    },
  },
  {
    kind: 'emulator-timed-out',
    first: 'F',
    pattern: /^Function '(?<name>[^']{1,140})' timed out after (?<seconds>\d{1,5}) seconds$/,
    also: () => ({ emulator: 'sam' }),
    example: "Function 'HelloWorldFunction' timed out after 3 seconds",
    source: 'tools-5',
    gives: { name: 'HelloWorldFunction', seconds: 3, emulator: 'sam' },
  },
  {
    kind: 'tool',
    first: 'MILBUSRNFPDCYT',
    pattern:
      /^(?:Mounting \S.{0,600} (?:as|at) \/?\S{1,200}|Invoking \S{1,200} \([\w.]{1,30}\)|(?:Local image (?:is up-to-date|was not found|is out of date)|Using local image:|Building image|Skip pulling image|Removing rapid images|No response from invoke container|Requested to skip pulling images|Failed to download a new|Fetching lambci|Pulling |Found credentials in (?:shared|environment)|No current session found|Decompressing |START SAM|SAM CLI (?:now|update)|Invoke of Lambda function|Lambda function '[^']{1,140}' is already|Containers Initialization|CTRL\+C|Running on http|Press CTRL|You can now browse|Initializing the lambda functions|Lambda returned empty body!|Invalid lambda response received|Invalid API Gateway Response Keys:|Function [\w-]{1,140} not found|Calling \w{1,20} for (?:environment|stage) |Reading invoke payload|Using SAM Template|Terminal width|Deployment (?:completed|failed)|Serverless: |Running "serverless")).{0,4000}$/,
    also: (text) => (/^(?:Lambda returned|Invalid|No response)/.test(text) ? { verdict: 'yes' } : {}),
    example: 'Mounting c:\\work\\my-app\\hello_world as /var/task:ro,delegated inside runtime container',
    source: 'tools-5',
    gives: {},
  },
  {
    kind: 'tool',
    first: '<',
    pattern: /^<class '(?:samcli|botocore|awscli|localstack)\.[\w.]{1,200}'>$/,
    example: "<class 'samcli.local.apigw.local_apigw_service.LambdaResponseParseException'>",
    source: 'tools-4',
    gives: {},
  },
  {
    kind: 'tool',
    pattern:
      /^(?:##\[\w{3,20}\].{0,2000}|::(?:group|endgroup|error|warning|notice|debug|add-mask)\b.{0,2000}|shell: \/\S{1,80}.{0,80}|Error: Process completed with exit code \d{1,3}\.|\[Watch\] .{1,400}|(?:⏳|✅|✨|🚀)\s{1,3}(?:Starting CloudWatch log tailing|Synthesis time|Deployment time|Total time|Building and publishing|\w{1,120} \(?(?:no changes|deploying|hotswap)).{0,400}|Calling tail for stage \S{1,60}|Attaching to [\w.-]{1,80}(?:, [\w.-]{1,80}){0,20}|(?:Starting|Creating|Recreating) \S{1,80} \.{2,5} ?(?:done)?|[\w.-]{1,80} exited with code \d{1,3}|Environment: \w{1,20}, node \d.{0,200}|Credentials: \w{1,20}.{0,100}|(?:Docs|Support|Bugs):\s{3,8}\S{1,100}|Invoked function failed|Run (?:aws|sam|sls|serverless|cdk|npx|npm|python3?|make|bash|sh|\.\/\S{1,100})\b.{0,2000}|env:|(?:AWS|SAM|GITHUB)_[A-Z_]{2,40}: \S{1,200})$/,
    example: '##[endgroup]',
    source: 'form only: GitHub Actions, the CDK, Zappa and the Serverless Framework around a log',
    gives: {},
  },
  {
    kind: 'tool',
    // Two blanks, or which half of a day: a program's own words have neither.
    pattern:
      /^(?:\[\d{1,2}\/\d{1,2}(?:\/\d{2,4})? \d{1,2}:\d\d(?: [AP]M)?\] (?<speaker>[^:[\]]{1,40}):|(?<sender>[^\d\s[\]{}|:="'`>#(.-][^[\]{}|:="'`]{0,40}?)(?:\s{2,8}(?:\d{1,2}:\d\d(?:\s?[AP]M)?)|\s{1,8}(?:\d{1,2}:\d\d\s?[AP]M|(?:午前|午後)\s?\d{1,2}:\d\d))(?: \(edited\)|（編集済み）)?)$/u,
    example: 'Hanako Yamada  10:15 AM',
    source: 'form only: a chat’s line above a message',
    gives: { sender: 'Hanako Yamada' },
  },
  {
    kind: 'tool',
    first: `${DIGITS}CLT`,
    pattern:
      /^(?:(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?(?:Common labels: \{.{0,4000}\}|https?:\/\/\S{1,300}\/loki\/api\/v1\/\S{1,4000})|Line limit: "?\d{1,9}(?: \(\d{1,9} \w{1,20}\))?"?|Total bytes processed: "?[\d.]{1,12}\s{0,3}[kKMGT]?i?B"?)$/,
    example: 'Common labels: {"__aws_cloudwatch_log_group":"/aws/lambda/my-function"}',
    source: 'form only: Grafana’s download and logcli, around lines of Loki',
    gives: {},
  },
  {
    kind: 'tool',
    first: `${DIGITS}RS*PW`,
    pattern:
      /^(?:(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:\d{1,3}(?:\.\d{1,3}){3} - - \[[^\]]{1,40}\] "[A-Z]{3,7} .{1,2000}" \d{3} .{0,40}|Press CTRL\+C to quit|WARNING: This is a development server\..{0,200}|\* (?:Running on|Serving|Debug mode).{0,200})|\d{1,3}(?:\.\d{1,3}){3} - - \[[^\]]{1,40}\] "[A-Z]{3,7} .{1,2000}" \d{3} .{0,40}|Return code: -?\d{1,3}|Stderr: .{0,2000}|\* (?:Running on|Serving|Debug mode|Restarting).{0,200})$/,
    example: 'Return code: 0',
    source: 'invoke-1',
    gives: {},
  },
  {
    kind: 'tool',
    first: 'AE',
    pattern:
      /^(?:An error occurred \((?<errorType>\w{1,80})\) when calling the (?:Invoke|GetLogEvents|FilterLogEvents|StartQuery) operation.{0,2000}|Error: Failed to (?:create|invoke).{0,400})$/,
    example:
      'An error occurred (ResourceNotFoundException) when calling the Invoke operation: Function not found: arn:aws:lambda:us-east-1:123456789012:function:my-function',
    source: 'form only: what the AWS CLI says of a refused invocation',
    gives: { errorType: 'ResourceNotFoundException' },
  },
  {
    kind: 'command',
    pattern:
      /^(?:(?:\([\w.-]{1,40}\) )?(?:[A-Za-z]:\\[^<>|"]{0,200}|[\w.@~/:-]{0,120}\s?)?(?:\[[\w.-]{1,40}@[^\]]{1,80}\][$#]|[$%>❯➜→#]|PS [^>]{1,200}>)\s{0,4}(?:[✗✔]?\s*[\w()/:.~-]{0,40} )?)(?<command>(?:sudo |[A-Z_]{2,40}=\S{1,100} ){0,4}(?:sam|aws|awslocal|sls|serverless|cdk|docker|docker-compose|chalice|awslogs|cat|jq|zip|pip3?|terraform|curl|python3?|npm|npx|zappa|saw|make|up|kubectl|stern|gh|cw|cwtail|grep|\.\/\S{1,100})(?:\s.{0,2000})?)$/,
    example: 'c:\\work\\my-app>sam local invoke HelloWorldFunction --event events/event.json',
    source: 'tools-5',
    gives: { command: 'sam local invoke HelloWorldFunction --event events/event.json' },
  },
  {
    kind: 'command',
    pattern:
      /^(?:PS [A-Za-z]:\\[^<>|"]{0,200}>|\[?[\w.-]{1,40}@[\w.-]{1,60}[: ][\w.~/ -]{0,120}\]?\s?[$%#]|[\w.-]{1,60}:[\w.~/-]{1,120}\s?[$%#]|\^C)$/,
    example: 'PS C:\\work>',
    source: 'form only: a shell’s prompt behind a log',
    gives: {},
  },
  {
    kind: 'command',
    first: 'aszcd',
    pattern:
      /^(?<command>(?:aws(?:local)? (?:lambda|logs)|sam (?:local|logs|remote)|(?:sls|serverless) (?:logs|invoke)|zappa (?:invoke|tail)|chalice (?:logs|invoke)|awslogs get|docker run) .{1,2000})$/,
    example: 'aws lambda invoke --function-name my-function out.json',
    source: 'form only: a command that was copied without its prompt',
    gives: { command: 'aws lambda invoke --function-name my-function out.json' },
  },
  {
    kind: 'http-head',
    first: '<>*H',
    pattern:
      /^(?:[<>] (?:HTTP\/[\d.]{1,3} (?<statusCode>\d{3}).{0,60}|(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) \S{1,2000} HTTP\/[\d.]{1,3}|[\w-]{1,60}: ?.{0,2000})|[<>]|\* (?:Connected to|Trying|Host|TLS|ALPN|SSL|Using HTTP|Connection #|upload completely|Mark bundle|Server certificate).{0,400}|HTTP\/[\d.]{1,3} (?<status>\d{3}).{0,60})$/,
    also: (text) => (/^(?:< )?HTTP/.test(text) ? { statusCode: Number(/ (\d{3})/.exec(text)?.[1]) } : {}),
    example: '< HTTP/2 502',
    source: 'invoke-6',
    gives: { statusCode: 502 },
  },
  {
    kind: 'gateway-error',
    first: 'SMTWF(',
    pattern: new RegExp(
      String.raw`^(?:\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : |\(${UUID}\) )(?<message>(?:Lambda execution failed with status (?<statusCode>\d{3}) due to customer function error: .{0,4000}?(?:Lambda request id: (?<requestId>${UUID}))?|Execution failed due to (?:configuration error: .{0,600}|a timeout error)|Execution failed.{0,600}))$`,
    ),
    example:
      '(629bd8a6-5e90-4753-875b-3478628f4520) Lambda execution failed with status 200 due to customer function error: Application error in a Lambda function. Lambda request id: 2468469d-d2c9-4b67-bd96-c16a81531cce',
    source: 'invoke-6',
    gives: {
      message:
        'Lambda execution failed with status 200 due to customer function error: Application error in a Lambda function. Lambda request id: 2468469d-d2c9-4b67-bd96-c16a81531cce',
      statusCode: 200,
      requestId: '2468469d-d2c9-4b67-bd96-c16a81531cce',
    },
  },
  {
    kind: 'gateway',
    first: 'SMTWF(',
    pattern: new RegExp(
      String.raw`^(?:\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : |\(${UUID}\) (?=[A-Z]))(?<message>(?:Method completed with status: (?<statusCode>\d{3})|.{0,8000}))$`,
    ),
    example: 'Wed Nov 02 10:19:35 UTC 2022 : Method completed with status: 502',
    source: 'invoke-5',
    gives: { message: 'Method completed with status: 502', statusCode: 502 },
  },
  {
    kind: 'gateway',
    first: 'E',
    pattern: /^Execution log for request (?<name>[\w-]{1,60})$/,
    example: 'Execution log for request test-request',
    source: 'form only: the head of API Gateway’s test log',
    gives: { name: 'test-request' },
  },
  {
    kind: 'your-log',
    first: DIGITS,
    pattern: new RegExp(
      String.raw`^(?<time>${TIME}) \| (?<level>[A-Z]{4,8})\s{0,8} \| (?<location>[\w.<>-]{1,200}:[\w<>]{1,200}:\d{1,7}) - (?<message>.{0,8000})$`,
    ),
    example: '2026-03-05 15:21:38.354 | INFO     | app:handler:12 - loaded 17 orders',
    source: 'form only: loguru’s default format',
    gives: { at: 1772724098354, level: 'INFO', location: 'app:handler:12', message: 'loaded 17 orders' },
  },
  {
    kind: 'your-log',
    first: DIGITS,
    // Not `[ERROR]`: with a tool’s time before it that is the runtime’s.
    pattern: new RegExp(
      String.raw`^(?<time>${TIME})\s+(?:(?:-\s+)?(?<logger>[\w.-]{1,120})\s+-\s+|-\s+)?${LEVEL}(?:\s*[-:]\s+|\s+)${LOGGED}$`,
    ),
    example: '2026-03-05 15:21:38,354 - orders - INFO - loaded',
    source: 'form only: a format of Python’s logging',
    gives: { at: 1772724098354, logger: 'orders', level: 'INFO', message: 'loaded' },
  },
  {
    kind: 'your-log',
    first: 'DIWECFN',
    pattern: new RegExp(String.raw`^${LEVEL}:(?<logger>(?!localstack)[A-Za-z_][\w.-]{0,120}):${LOGGED}$`),
    example: 'ERROR:root:could not load',
    source: 'form only: logging.basicConfig',
    gives: { level: 'ERROR', logger: 'root', message: 'could not load' },
  },
  {
    kind: 'your-log',
    pattern: new RegExp(
      String.raw`^(?:[\w.@-]{1,40}=${VALUE}\s+){0,8}?(?:level|lvl|severity)="?(?<level>${LEVELS}|${LEVELS.toLowerCase()})"?(?=\s).{0,8000}=`,
    ),
    also: (text) => {
      const [, quoted, bare] =
        /(?:^|\s)(?:msg|message|event)=(?:"((?:[^"\\]|\\.){0,4000})"|([^\s"]{1,1000}))/.exec(text) ?? [];
      const message = quoted ?? bare;
      const time = /(?:^|\s)(?:ts|time|timestamp|t)="?([^\s"]{10,40})/.exec(text)?.[1];
      const at = time === undefined ? null : timeToEpoch(time);
      return {
        logger: 'logfmt',
        ...(message === undefined ? {} : { message }),
        ...(at === null ? {} : { at }),
      };
    },
    example: 'timestamp=2026-03-05T15:21:38.354Z level=error event="could not load" order_id=17',
    source: 'form only: a logger that writes pairs',
    gives: { level: 'error', logger: 'logfmt', message: 'could not load', at: 1772724098354 },
  },
  {
    kind: 'console',
    pattern:
      /^\*{0,2}(?:Test Event Name(?:: .{0,200})?|Response:?|Function [Ll]ogs:?|Request ID(?:: .{1,80})?|Status: (?:Failed|Succeeded)|(?:There are )?(?:[Nn]o )?(?:older|newer) events (?:at this moment|to load|found|matched).{0,80}|Load more\.?|Retry|Auto retry paused\.? ?(?:Resume)?|Resume|Copy|Timestamp(?:\s+Message)?|Message|Details|Log output|Log stream|Expand (?:all|row)|Collapse|Execution result: (?:failed|succeeded).{0,80}|Executing function: (?:failed|succeeded).{0,80}|The (?:area|section) below shows (?:the )?(?:last 4 ?KB of the execution log|the logging calls|the result returned|result returned).{0,300}|Summary|Payload:|Log [Tt]ail:|Code SHA-?256|Execution time|Resources configured|Max memory used|Init duration|Duration|Billed duration|Learn more.{0,80}|関数ログ:?|レスポンス:?|リクエスト ID(?:: .{1,80})?|テストイベント名(?:: .{0,200})?|ステータス: \w{1,20}|(?:現時点で|現在)?[、は]?(?:古い|新しい)イベントは(?:ありません|この時点ではありません).{0,60}|(?:自動)?再試行(?:が|は)?.{0,20}|再開|タイムスタンプ(?:\s+メッセージ)?|メッセージ|さらに(?:ロード|読み込む)|コピー|詳細|概要|ログ出力)\*{0,2}:?\*{0,2}$/,
    example: 'No older events at this moment.',
    source: 'console-4',
    gives: {},
  },
  {
    kind: 'console',
    first: '@',
    pattern:
      /^@(?:ingestionTime|log|logStream|timestamp|duration|billedDuration|initDuration|maxMemoryUsed|memorySize|requestId|type|ptr|xrayTraceId|xraySegmentId|(?:entity|aws)\.[\w.]{1,80})(?:\s*[|:]|\t).{0,600}$/,
    example: '@logStream\t2026/03/05/[$LATEST]57ffa0329ebfbc9d376120ee6953bfee',
    source: 'form only: a row of Logs Insights, opened',
    gives: {},
  },
  {
    kind: 'left-out',
    pattern:
      /^(?:\.{3,6}|…|\[(?:\.{3}|…)\]|\((?:\.{3}|…)\)|[<[(-]{1,3}\s?(?:snip|cut|truncated|omitted|redacted|more lines)\s?[>\])-]{1,3})$/i,
    example: '...',
    source: 'tail-1',
    gives: {},
  },
];

/** The forms of objects in JSON. */
export const JSON_ROWS: readonly JsonRow[] = [
  platformRow('platform.initStart', 'init-start', {
    example:
      '{"time":"2026-10-08T07:30:27.768Z","type":"platform.initStart","record":{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:22.mainline.v122","runtimeVersionArn":"arn:aws:lambda:eu-central-1::runtime:77","functionName":"my-function","functionVersion":"$LATEST","instanceId":"i","instanceMaxMemory":268435456}}',
    source: 'json-4',
    gives: {
      at: 1791444627768,
      phase: 'init',
      initializationType: 'on-demand',
      runtimeVersion: 'nodejs:22.mainline.v122',
      runtimeArn: 'arn:aws:lambda:eu-central-1::runtime:77',
      functionName: 'my-function',
      version: '$LATEST',
      instanceId: 'i',
    },
  }),
  platformRow('platform.initRuntimeDone', 'init-done', {
    example:
      '{"time":"2024-06-17T17:48:06.348Z","type":"platform.initRuntimeDone","record":{"initializationType":"on-demand","phase":"init","status":"error","errorType":"Runtime.ImportModuleError"}}',
    source: 'LAMBDA-2026, section 1',
    gives: {
      at: 1718646486348,
      phase: 'init',
      initializationType: 'on-demand',
      status: 'error',
      errorType: 'Runtime.ImportModuleError',
    },
  }),
  platformRow('platform.initReport', 'init-report', {
    example:
      '{"time":"2024-06-17T17:48:06.348Z","type":"platform.initReport","record":{"initializationType":"on-demand","phase":"init","status":"timeout","metrics":{"durationMs":10000.487}}}',
    source: 'json-2',
    gives: {
      at: 1718646486348,
      phase: 'init',
      initializationType: 'on-demand',
      status: 'timeout',
      initMs: 10000.487,
    },
  }),
  platformRow('platform.start', 'start', {
    example:
      '{"time":"2024-06-17T17:23:55.902Z","type":"platform.start","record":{"requestId":"c2d95fab-592b-4c40-a13b-0311d9715444","version":"$LATEST"}}',
    source: 'json-1',
    gives: { at: 1718645035902, requestId: 'c2d95fab-592b-4c40-a13b-0311d9715444', version: '$LATEST' },
  }),
  platformRow('platform.runtimeDone', 'runtime-done', {
    example:
      '{"time":"2026-07-09T06:05:50.562Z","type":"platform.runtimeDone","record":{"requestId":"76224a93-b761-45ca-b33d-3e0786ae6310","status":"timeout","metrics":{"durationMs":5001.182,"producedBytes":0}}}',
    source: 'json-3',
    gives: {
      at: 1783577150562,
      requestId: '76224a93-b761-45ca-b33d-3e0786ae6310',
      status: 'timeout',
      durationMs: 5001.182,
    },
  }),
  platformRow('platform.report', 'report', {
    example:
      '{"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"530e730c-5d2c-42ba-b3df-c00812f7bb14","metrics":{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":256,"maxMemoryUsedMB":123,"initDurationMs":463.512},"status":"success"}}',
    source: 'json-4',
    gives: {
      at: 1791444629470,
      requestId: '530e730c-5d2c-42ba-b3df-c00812f7bb14',
      status: 'success',
      durationMs: 1233.96,
      billedMs: 1698,
      memoryMb: 256,
      usedMb: 123,
      initMs: 463.512,
    },
  }),
  platformRow('platform.restoreStart', 'restore-start', {
    example:
      '{"time":"2025-11-20T10:00:00.000Z","type":"platform.restoreStart","record":{"runtimeVersion":"python:3.12.v57","functionName":"my-function","functionVersion":"7"}}',
    source: 'LAMBDA-2026, section 1',
    gives: {
      at: 1763632800000,
      runtimeVersion: 'python:3.12.v57',
      python: '3.12',
      functionName: 'my-function',
      version: '7',
    },
  }),
  platformRow('platform.restoreRuntimeDone', 'restore-done', {
    example:
      '{"time":"2025-11-20T10:00:00.400Z","type":"platform.restoreRuntimeDone","record":{"status":"success"}}',
    source: 'LAMBDA-2026, section 1',
    gives: { at: 1763632800400, status: 'success' },
  }),
  platformRow('platform.restoreReport', 'restore-report', {
    example:
      '{"time":"2025-11-20T10:00:00.511Z","type":"platform.restoreReport","record":{"status":"success","metrics":{"durationMs":511.25}}}',
    source: 'LAMBDA-2026, section 1',
    gives: { at: 1763632800511, status: 'success', restoreMs: 511.25 },
  }),
  platformRow('platform.extension', 'extension', {
    example:
      '{"time":"2025-11-20T10:00:00.000Z","type":"platform.extension","record":{"name":"datadog-agent","state":"Ready","events":["INVOKE","SHUTDOWN"]}}',
    source: 'LAMBDA-2026, section 1',
    gives: { at: 1763632800000, name: 'datadog-agent', state: 'Ready', events: 'INVOKE, SHUTDOWN' },
  }),
  platformRow('platform.telemetrySubscription', 'telemetry', {
    example:
      '{"time":"2025-11-20T10:00:00.000Z","type":"platform.telemetrySubscription","record":{"name":"datadog-agent","state":"Subscribed","types":["platform","function"]}}',
    source: 'LAMBDA-2026, section 1',
    gives: { at: 1763632800000, name: 'datadog-agent', state: 'Subscribed', types: 'platform, function' },
  }),
  platformRow('platform.logsSubscription', 'telemetry', {
    example:
      '{"time":"2022-03-01T10:00:00.000Z","type":"platform.logsSubscription","record":{"name":"agent","state":"Subscribed","types":["platform"]}}',
    source: 'LAMBDA-2026, section 1',
    gives: { at: 1646128800000, name: 'agent', state: 'Subscribed', types: 'platform' },
  }),
  platformRow('platform.logsDropped', 'logs-dropped', {
    example:
      '{"time":"2025-11-20T10:00:00.000Z","type":"platform.logsDropped","record":{"reason":"Consumer seems to have fallen behind","droppedRecords":123,"droppedBytes":12345}}',
    source: 'LAMBDA-2026, section 1',
    gives: { at: 1763632800000, reason: 'Consumer seems to have fallen behind', droppedRecords: 123 },
  }),
  {
    kind: 'exited',
    read: (object) => {
      if (object.type !== 'platform.fault' || typeof object.record !== 'string') return null;
      const [first = '', second = ''] = object.record.split('\n');
      const exited = readText(first.trim());
      if (exited?.kind !== 'exited') return null;
      const at = typeof object.time === 'string' ? timeToEpoch(object.time) : null;
      const type = readText(second.trim());
      return {
        ...(at === null ? {} : { at }),
        ...exited.fields,
        ...(type?.kind === 'error-type' ? type.fields : {}),
      };
    },
    example:
      '{"time":"2022-03-01T10:00:00.000Z","type":"platform.fault","record":"RequestId: 77d18735-a340-4cea-82a5-5f0611936487 Error: Runtime exited with error: exit status 3\\nRuntime.ExitError"}',
    source: 'form only: Logs API',
    gives: {
      at: 1646128800000,
      requestId: '77d18735-a340-4cea-82a5-5f0611936487',
      exitStatus: 3,
      errorType: 'Runtime.ExitError',
    },
  },
  platformRow('platform.', 'platform-event', {
    example:
      '{"time":"2022-03-01T10:00:00.000Z","type":"platform.fault","record":"RequestId: a Error: exit"}',
    source: 'LAMBDA-2026, section 1: events of other names',
    gives: { at: 1646128800000, name: 'platform.fault', message: 'RequestId: a Error: exit' },
  }),
  {
    kind: 'error-json',
    read: (object) =>
      typeof object.errorType === 'string' &&
      'errorMessage' in object &&
      ('log_level' in object || ('level' in object && !('logger' in object) && !('message' in object)))
        ? { ...strings(object, ['errorType', 'errorMessage', 'requestId']), ...levelAndTime(object) }
        : null,
    example:
      '{"timestamp": "2024-06-17T17:23:55Z", "log_level": "ERROR", "errorMessage": "invalid start byte", "errorType": "UnicodeDecodeError", "requestId": "c2d95fab-592b-4c40-a13b-0311d9715444", "stackTrace": []}',
    source: 'json-1',
    gives: {
      errorType: 'UnicodeDecodeError',
      errorMessage: 'invalid start byte',
      requestId: 'c2d95fab-592b-4c40-a13b-0311d9715444',
      level: 'ERROR',
      at: 1718645035000,
    },
  },
  {
    kind: 'warning',
    read: (object) => {
      const { message } = object;
      return typeof message === 'string' && message.startsWith('LAMBDA_WARNING: ')
        ? { message: message.slice('LAMBDA_WARNING: '.length), ...levelAndTime(object) }
        : null;
    },
    example:
      '{"timestamp": "2024-06-17T17:23:55Z", "level": "WARNING", "message": "LAMBDA_WARNING: Unhandled exception."}',
    source: 'LAMBDA-2026, section 1 (the JSON format of the same line)',
    gives: { message: 'Unhandled exception.', level: 'WARNING', at: 1718645035000 },
  },
  {
    kind: 'extension-log',
    read: (object) => {
      const { caller, msg } = object;
      return typeof caller === 'string' && /\.go:\d{1,6}$/.test(caller) && typeof msg === 'string'
        ? { message: msg, ...levelAndTime(object) }
        : null;
    },
    example:
      '{"level":"info","ts":1759130412.1,"caller":"lifecycle/manager.go:75","msg":"done","logger":"lifecycle.manager"}',
    source: 'form only: a collector in a layer, which is written in Go',
    gives: { message: 'done', level: 'info' },
  },
  {
    kind: 'your-json',
    read: (object) => {
      const isPowertools =
        'cold_start' in object || 'function_request_id' in object || 'function_memory_size' in object;
      if (!isPowertools) return null;
      const cold = object.cold_start;
      return {
        logger: 'powertools',
        ...(typeof cold === 'boolean' ? { coldStart: cold ? 'yes' : 'no' } : {}),
        ...renamed(object, { function_request_id: 'requestId', function_name: 'functionName' }),
        ...logFields(object),
      };
    },
    example:
      '{"level":"INFO","location":"lambda_handler:44","message":"info message","timestamp":"2022-04-01 04:41:43,576+0000","service":"my-service","cold_start":true,"function_name":"my-function","function_memory_size":"128","function_request_id":"07df4971-4dad-4658-b9c1-d4f33ad69d17"}',
    source: 'json-5',
    gives: {
      logger: 'powertools',
      coldStart: 'yes',
      requestId: '07df4971-4dad-4658-b9c1-d4f33ad69d17',
      functionName: 'my-function',
      level: 'INFO',
      message: 'info message',
      location: 'lambda_handler:44',
      at: 1648788103576,
    },
  },
  {
    kind: 'your-json',
    read: (object) =>
      'levelname' in object || 'asctime' in object
        ? {
            logger: 'python-json-logger',
            ...renamed(object, { levelname: 'level', aws_request_id: 'requestId' }),
            ...logFields(object),
          }
        : null,
    example:
      '{"asctime": "2020-04-12 13:02:48,759", "levelname": "INFO", "name": "root", "message": "Some log", "aws_request_id": "e6314594-xx-4b43-afee-xxxxx"}',
    source: 'json-6',
    gives: {
      logger: 'python-json-logger',
      level: 'INFO',
      requestId: 'e6314594-xx-4b43-afee-xxxxx',
      message: 'Some log',
      at: 1586696568759,
    },
  },
  {
    kind: 'your-json',
    read: (object) =>
      ('level' in object || 'log.level' in object) &&
      ('message' in object || 'msg' in object || 'event' in object)
        ? {
            logger:
              'event' in object && !('message' in object)
                ? 'structlog'
                : 'timestamp' in object
                  ? 'logging'
                  : 'other',
            ...strings(object, ['requestId', 'errorType', 'errorMessage']),
            ...logFields(object),
          }
        : null,
    example:
      '{"timestamp": "2024-06-18T02:07:06Z", "level": "ERROR", "message": "had an error", "logger": "myapp.aws", "stackTrace": [], "errorType": "Exception", "errorMessage": "with some text", "requestId": "ef8f04c1-399a-4125-b199-11066b25617e", "location": "/app/myapp/aws.py:log_json:130"}',
    source: 'json-2',
    gives: {
      logger: 'logging',
      requestId: 'ef8f04c1-399a-4125-b199-11066b25617e',
      errorType: 'Exception',
      errorMessage: 'with some text',
      level: 'ERROR',
      message: 'had an error',
      location: '/app/myapp/aws.py:log_json:130',
      at: 1718676426000,
    },
  },
  {
    kind: 'your-json',
    read: (object) => {
      const { record } = object;
      if (typeof object.text !== 'string' || !isObject(record) || !isObject(record.level)) return null;
      const time = isObject(record.time) ? record.time.timestamp : undefined;
      return {
        logger: 'loguru',
        ...renamed(record.level, { name: 'level' }),
        ...strings(record, ['message']),
        ...(typeof time === 'number' ? { at: Math.round(time * 1000) } : {}),
      };
    },
    example:
      '{"text": "could not load\\n", "record": {"exception": null, "level": {"name": "ERROR", "no": 40}, "message": "could not load", "time": {"repr": "2026-03-05 15:21:38.354000+00:00", "timestamp": 1772724098.354}}}',
    source: 'form only: loguru with serialize=True',
    gives: { logger: 'loguru', level: 'ERROR', message: 'could not load', at: 1772724098354 },
  },
  {
    kind: 'your-json',
    read: (object) => ('_aws' in object ? { logger: 'emf' } : null),
    example: '{"_aws":{"Timestamp":1574109732004,"CloudWatchMetrics":[]},"latency":100}',
    source: 'form only: CloudWatch’s embedded metric format',
    gives: { logger: 'emf' },
  },
  {
    kind: 'invoke-answer',
    read: (object) => {
      const isAnswer =
        'StatusCode' in object &&
        ('ExecutedVersion' in object || 'FunctionError' in object || 'LogResult' in object);
      const isPart = !isAnswer && 'FunctionError' in object && 'ExecutedVersion' in object;
      return isAnswer || isPart
        ? {
            ...numbers(object, { StatusCode: 'statusCode' }),
            ...renamed(object, { FunctionError: 'functionError', ExecutedVersion: 'version' }),
          }
        : null;
    },
    example: '{"StatusCode": 200, "FunctionError": "Unhandled", "ExecutedVersion": "$LATEST"}',
    source: 'invoke-1',
    gives: { statusCode: 200, functionError: 'Unhandled', version: '$LATEST' },
  },
  {
    kind: 'invoke-answer',
    read: (object) => {
      const [context, answer] = [object.requestContext, object.responseContext];
      if (!isObject(context) || !isObject(answer) || !('condition' in context)) return null;
      return {
        ...strings(context, ['requestId', 'functionArn', 'condition']),
        ...numbers(context, { approximateInvokeCount: 'attempts' }),
        ...numbers(answer, { statusCode: 'statusCode' }),
        ...strings(answer, ['functionError']),
      };
    },
    example:
      '{"version":"1.0","timestamp":"2025-11-20T10:00:00.000Z","requestContext":{"requestId":"c2d95fab-592b-4c40-a13b-0311d9715444","functionArn":"arn:aws:lambda:us-east-1:123456789012:function:f","condition":"RetriesExhausted","approximateInvokeCount":3},"requestPayload":{},"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"responsePayload":{}}',
    source: 'LAMBDA-2026, section 2',
    gives: {
      requestId: 'c2d95fab-592b-4c40-a13b-0311d9715444',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      condition: 'RetriesExhausted',
      attempts: 3,
      statusCode: 200,
      functionError: 'Unhandled',
    },
  },
  {
    kind: 'failed-state',
    read: (object) => {
      const inner = Object.entries(object).find(([key]) => /(?:Failed|TimedOut)EventDetails$/.test(key))?.[1];
      const { error: name, cause: why } = isObject(inner) ? inner : object;
      if (isObject(inner) && typeof name === 'string' && why === undefined) return { errorType: name };
      const error = name ?? object.Error;
      const cause = why ?? object.Cause;
      return typeof error === 'string' && (typeof cause === 'string' || isObject(cause))
        ? { errorType: error }
        : null;
    },
    example: '{"error": "Runtime.ExitError", "cause": {"errorType": "Runtime.ExitError"}}',
    source: 'invoke-4',
    gives: { errorType: 'Runtime.ExitError' },
  },
  {
    kind: 'payload-error',
    read: (object) => (typeof object.errorMessage === 'string' ? errorFields(object) : null),
    example:
      '{"errorMessage": "Handler \'foo\' missing on module \'lambda_function\'", "errorType": "Runtime.HandlerNotFound", "requestId": "4debd6b0-156d-4eed-aadc-47119f0a6c0b", "stackTrace": []}',
    source: 'errors-9',
    gives: {
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: "Handler 'foo' missing on module 'lambda_function'",
      requestId: '4debd6b0-156d-4eed-aadc-47119f0a6c0b',
    },
  },
  {
    kind: 'payload-error',
    read: (object) => {
      const attributes = object.MessageAttributes ?? object.messageAttributes;
      if (!isObject(attributes)) return null;
      const textOf = (name: string): Json | undefined => {
        const value = ownValue(attributes, name);
        return isObject(value) ? (value.StringValue ?? value.stringValue ?? value.Value) : undefined;
      };
      const [errorMessage, requestId] = [textOf('ErrorMessage'), textOf('RequestID')];
      return typeof errorMessage === 'string' && typeof requestId === 'string'
        ? { errorMessage, requestId }
        : null;
    },
    example:
      '{"MessageId":"a","Body":"{}","MessageAttributes":{"ErrorMessage":{"StringValue":"no id","DataType":"String"},"RequestID":{"StringValue":"c2d95fab-592b-4c40-a13b-0311d9715444","DataType":"String"}}}',
    source: 'LAMBDA-2026, section 2: what a dead-letter queue holds',
    gives: { errorMessage: 'no id', requestId: 'c2d95fab-592b-4c40-a13b-0311d9715444' },
  },
  {
    kind: 'payload-error',
    read: (object) =>
      typeof object.errorType === 'string' && Array.isArray(object.stackTrace) ? errorFields(object) : null,
    example: '{"errorType": "KeyError", "stackTrace": []}',
    source: 'trace-1, cut off',
    gives: { errorType: 'KeyError' },
  },
  {
    kind: 'gateway-error',
    read: (object) => {
      const message = object.message ?? object.Message;
      const isOnly = Object.keys(object).every((key) =>
        /^(?:message|Message|connectionId|requestId)$/.test(key),
      );
      return isOnly &&
        typeof message === 'string' &&
        /^(?:Internal [Ss]erver [Ee]rror|Endpoint request timed out|Service Unavailable|Forbidden|Missing Authentication Token|Too Many Requests)$/.test(
          message,
        )
        ? { message }
        : null;
    },
    example: '{"message": "Internal server error"}',
    source: 'invoke-6',
    gives: { message: 'Internal server error' },
  },
  {
    kind: 'payload',
    read: (object) =>
      'statusCode' in object && ('body' in object || 'headers' in object)
        ? numbers(object, { statusCode: 'statusCode' })
        : null,
    example: '{"statusCode": 200, "body": "{}"}',
    source: 'mixed-2',
    gives: { statusCode: 200 },
  },
];

const rowsByFirst = new Map<string, readonly TextRow[]>();

/** The rows that may read a line with this first character, in their order. */
function rowsFor(first: string): readonly TextRow[] {
  const known = rowsByFirst.get(first);
  if (known !== undefined) return known;
  const rows = TEXT_ROWS.filter((row) => row.first === undefined || row.first.includes(first));
  rowsByFirst.set(first, rows);
  return rows;
}

/** Reads a line by the table; null where no row fits. Reads what is trimmed. */
export function readText(text: string): { readonly kind: Kind; readonly fields: Fields } | null {
  for (const row of rowsFor(text.charAt(0))) {
    const fields = rowFields(row, text);
    if (fields !== null) return { kind: row.kind, fields };
  }
  return null;
}

/** What a row reads from a line; null where it doesn't fit. */
export function rowFields(row: TextRow, text: string): Fields | null {
  const match = row.pattern.exec(text);
  if (match === null) return null;
  const found = new Map<string, string | number>();
  const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
  for (const name in groups) {
    const value = groups[name];
    if (value === undefined) continue;
    if (name === 'time') {
      const at = timeToEpoch(value);
      if (at !== null) found.set('at', at);
    } else if (name === 'epoch') found.set('at', Number(value));
    else found.set(name, valueOf(name, value));
  }
  const fields: Fields = Object.fromEntries(found);
  return row.also === undefined ? fields : { ...fields, ...row.also(text, fields) };
}

/** Reads an object by the table; null where no row fits. */
export function readJson(value: unknown): { readonly kind: Kind; readonly fields: Fields } | null {
  const object = value as Json;
  if (!isObject(object)) return null;
  for (const row of JSON_ROWS) {
    const fields = row.read(object);
    if (fields !== null) return { kind: row.kind, fields };
  }
  return null;
}

const UUID_END = new RegExp(String.raw`^\w{0,12}:?\s*${UUID}(?:\s+Version:\s*\S{1,140})?$`);
const STARTS = [
  'START RequestId: ',
  'END RequestId: ',
  'REPORT RequestId: ',
  'INIT_START Runtime Version: ',
  'INIT_REPORT Init Duration: ',
  'RESTORE_START Runtime Version: ',
  'RESTORE_REPORT Restore Duration: ',
  'XRAY TraceId: ',
  'EXTENSION Name: ',
  'TELEMETRY Name: ',
];

/**
 * A line of the platform that the paste's first or last line cuts in two, where enough of it is left: its fields. Null where it may be
 * anything.
 */
export function readCut(text: string, isFirst: boolean): Fields | null {
  if (!isFirst) return text.length >= 3 && STARTS.some((start) => start.startsWith(text)) ? {} : null;
  const fields = namedFields(text);
  if (
    /(?:Memory Size|Max Memory Used|Billed Duration):\s*\d/.test(text) ||
    /\bError Type: [A-Z]\w+\.\w+$/.test(text)
  )
    return fields;
  const isTail =
    UUID_END.test(text) ||
    /^(?:\S{0,40}\s)?(?:Version )?(?:ARN: )?(?:arn)?:?[\w:-]{0,60}:runtime:[0-9a-f]{64}$/.test(text) ||
    text.endsWith('runtimes-update.html') ||
    /SegmentId: \w{16}\s+Sampled: \w+$/.test(text);
  return isTail ? fields : null;
}
