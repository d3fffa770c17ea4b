/**
 * What may a line of a log be, and what does it tell? One table: a row is a form that Lambda, its runtime, an emulator or a tool has
 * written in some year. A row's example is a real line with its source (`LOG-FORMS` and `LAMBDA-2026` are the project's notes on them;
 * names with a dash and a number are files of `tests/fixtures/logs`). The first row that fits decides.
 *
 * What only the lines around a line can tell (sources, carets, output) has kinds but no rows: `read-lines.ts`.
 */
import type { Owner } from './explanation.ts';
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
  // What the runtime writes.
  warning: 'runtime',
  error: 'runtime',
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
  // What the reader's program writes.
  'your-output': 'yours',
  'your-log': 'yours',
  'your-json': 'yours',
  'compiler-warning': 'yours',
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
  /** Named groups are fields. */
  readonly pattern: RegExp;
  readonly also?: (text: string, fields: Fields) => Fields;
}

/** A form of an object in JSON. */
export interface JsonRow extends RowBase {
  readonly read: (object: { readonly [key: string]: Json }) => Fields | null;
}

const UUID = String.raw`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`;
/** An id as it is, or with what its author put in its place. */
const ID = String.raw`(?<requestId>${UUID}|<[^>\s]{1,60}>|[\w*.…#-]{1,64}?)`;
const TIME = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;
const LEVEL = String.raw`(?<level>DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL|TRACE|NOTSET)`;

const NUMBER = String.raw`(\d{1,12}(?:\.\d{1,9})?)`;
const REPORT_FIELDS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['durationMs', new RegExp(String.raw`(?<!Billed |Init |Restore )Duration:\s*${NUMBER}\s*ms`)],
  ['billedMs', new RegExp(String.raw`Billed Duration:\s*${NUMBER}\s*ms`)],
  ['initMs', new RegExp(String.raw`Init Duration:\s*${NUMBER}\s*ms`)],
  ['restoreMs', new RegExp(String.raw`(?<!Billed )Restore Duration:\s*${NUMBER}\s*ms`)],
  ['billedRestoreMs', new RegExp(String.raw`Billed Restore Duration:\s*${NUMBER}\s*ms`)],
  ['memoryMb', new RegExp(String.raw`Memory Size:\s*${NUMBER}\s*MB`)],
  ['usedMb', new RegExp(String.raw`Max Memory Used:\s*${NUMBER}\s*MB`)],
  ['phase', /Phase:\s*([a-z]{4,12}?)(?=Status|\s|$)/],
  ['status', /Status:\s*([a-z]{2,20}?)(?=Error Type|\s|$)/],
  ['errorType', /Error Type:\s*([A-Za-z][\w.]{0,120})/],
];

/** Fields of REPORT and its like by their names: tabs between them are often lost, and so is their order. */
function namedFields(text: string): Fields {
  const fields: Record<string, string | number> = {};
  for (const [name, pattern] of REPORT_FIELDS) {
    const value = pattern.exec(text)?.[1];
    if (value !== undefined) fields[name] = valueOf(name, value);
  }
  return fields;
}

/** A local REPORT has its Init Duration before Duration; Lambda's has it at the end. */
function reportFields(text: string): Fields {
  const fields = namedFields(text);
  const isLocal = /^REPORT\s+RequestId:\s*\S+?\s*Init Duration:/.test(text);
  return isLocal ? { ...fields, emulator: 'local' } : fields;
}

function versionFields(text: string, { runtimeVersion }: Fields): Fields {
  const python = pythonOf(String(runtimeVersion));
  return python === null ? {} : { python };
}

/** The forms of lines of text. */
export const TEXT_ROWS: readonly TextRow[] = [
  {
    kind: 'init-start',
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
    pattern: /^INIT_REPORT\s+Init Duration:/,
    also: namedFields,
    example:
      'INIT_REPORT Init Duration: 137.69 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError',
    source: 'errors-1',
    gives: { initMs: 137.69, phase: 'init', status: 'error', errorType: 'Runtime.ImportModuleError' },
  },
  {
    kind: 'restore-start',
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
    pattern: /^RESTORE_REPORT\s+Restore Duration:/,
    also: namedFields,
    example: 'RESTORE_REPORT Restore Duration: 511.25 ms\tStatus: error\tError Type: Runtime.ExitError',
    source: 'LAMBDA-2026, section 1',
    gives: { restoreMs: 511.25, status: 'error', errorType: 'Runtime.ExitError' },
  },
  {
    kind: 'start',
    pattern: new RegExp(String.raw`^START\s+RequestId:\s*${ID}\s*Version:\s*(?<version>\S{1,140})$`),
    example: 'START RequestId: c96b666f-2206-4d1e-a8bb-47d5588602e1 Version: $LATEST',
    source: 'console-2',
    gives: { requestId: 'c96b666f-2206-4d1e-a8bb-47d5588602e1', version: '$LATEST' },
  },
  {
    kind: 'end',
    pattern: new RegExp(String.raw`^END\s+RequestId:\s*${ID}$`),
    example: 'END RequestId: c96b666f-2206-4d1e-a8bb-47d5588602e1',
    source: 'console-2',
    gives: { requestId: 'c96b666f-2206-4d1e-a8bb-47d5588602e1' },
  },
  {
    kind: 'report',
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
    pattern: new RegExp(
      String.raw`^(?:RequestId:\s*${ID}\s+)?(?:Process exited before completing request|Error:?\s+(?:Runtime exited (?:with error: (?:exit status (?<exitStatus>\d{1,3})|signal: (?<signal>[a-z][a-z \-]{2,40}(?:\(core dumped\))?))|without providing a reason)|exit code (?<exitCode>\d{1,3})|(?:exit status|fork\/exec) .{0,200}?))(?:\s+(?<errorType>[A-Z]\w{2,30}\.[A-Z]\w{2,60}))?$`,
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
    kind: 'error-type',
    pattern: /^(?<errorType>(?:Runtime|Sandbox|Extension|Function|Handler|Init)\.[A-Z]\w{2,60})$/,
    example: 'Runtime.ExitError',
    source: 'mixed-6',
    gives: { errorType: 'Runtime.ExitError' },
  },
  {
    kind: 'unknown-error',
    pattern: /^Unknown application error occurred(?:\s+(?<errorType>[A-Z]\w{2,30}\.[A-Z]\w{2,60}))?$/,
    example: 'Unknown application error occurred',
    source: 'tools-1',
    gives: {},
  },
  {
    kind: 'extension',
    pattern:
      /^EXTENSION\s+Name:\s*(?<name>\S{1,200})\s+State:\s*(?<state>\w{1,30})(?:\s+Events:\s*\[(?<events>[\w, ]{0,200})\]?)?(?:\s+Error Type:\s*(?<errorType>\S{1,120}))?$/,
    example: 'EXTENSION Name: datadog-agent State: Registered Events: [INVOKE,SHUTDOWN]',
    source: 'errors-6',
    gives: { name: 'datadog-agent', state: 'Registered', events: 'INVOKE,SHUTDOWN' },
  },
  {
    kind: 'telemetry',
    pattern:
      /^(?:TELEMETRY|LOGS)\s+Name:\s*(?<name>\S{1,200})\s+State:\s*(?<state>\w{1,30})(?:\s+Types:\s*\[(?<types>[\w, ]{0,200})\]?)?$/,
    example: 'TELEMETRY Name: datadog-agent State: Subscribed Types: [Platform, Function, Extension]',
    source: 'errors-6',
    gives: { name: 'datadog-agent', state: 'Subscribed', types: 'Platform, Function, Extension' },
  },
  {
    kind: 'warning',
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
    pattern: /^(?<errorMessage>Unable to import module '(?<module>[^']{1,300})': .{1,2000})$/,
    example: "Unable to import module 'lambda_function': No module named 'lambda_function'",
    source: 'tools-6',
    gives: {
      errorMessage: "Unable to import module 'lambda_function': No module named 'lambda_function'",
      module: 'lambda_function',
    },
  },
  {
    kind: 'module-error',
    pattern: /^module initialization error(?:: (?<errorMessage>.{1,4000}))?$/,
    example: 'module initialization error: Please install AIOHTTP or pass custom transport factory',
    source: 'console-7',
    gives: { errorMessage: 'Please install AIOHTTP or pass custom transport factory' },
  },
  {
    kind: 'error',
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
    kind: 'traceback',
    pattern: /^Traceback \(most recent call last\):?$/,
    example: 'Traceback (most recent call last):',
    source: 'errors-1',
    gives: {},
  },
  {
    kind: 'frame',
    pattern:
      /^File ["“](?<file>[^"”]{1,500})["”],? line (?<line>\d{1,7})(?:, in (?<function>[\w<>.]{1,200}))?$/i,
    example: '  File "/var/task/app.py", line 27, in handler',
    source: 'trace-7',
    gives: { file: '/var/task/app.py', line: 27, function: 'handler' },
  },
  {
    kind: 'chain',
    pattern:
      /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):?$/,
    example: 'During handling of the above exception, another exception occurred:',
    source: 'trace-9',
    gives: {},
  },
];

/** The forms of objects in JSON. */
export const JSON_ROWS: readonly JsonRow[] = [];

/** Reads a line by the table; null where no row fits. Reads what is trimmed. */
export function readText(text: string): { readonly kind: Kind; readonly fields: Fields } | null {
  for (const row of TEXT_ROWS) {
    const fields = rowFields(row, text);
    if (fields !== null) return { kind: row.kind, fields };
  }
  return null;
}

/** What a row reads from a line; null where it doesn't fit. */
export function rowFields(row: TextRow, text: string): Fields | null {
  const match = row.pattern.exec(text);
  if (match === null) return null;
  const fields: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(match.groups ?? {})) {
    if (value === undefined) continue;
    if (name === 'time') {
      const at = timeToEpoch(value);
      if (at !== null) fields['at'] = at;
    } else if (name === 'epoch') fields['at'] = Number(value);
    else fields[name] = valueOf(name, value);
  }
  return row.also === undefined ? fields : { ...fields, ...row.also(text, fields) };
}
