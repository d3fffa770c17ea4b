/**
 * Everything that may be said about a paste, in the order in which it's said: the first that holds is the answer. A finding's
 * sentences are words of the interface (`explain.findings`), its proof is a row of the project's notes on logs.
 */

interface FindingRow {
  /** When it holds. */
  readonly when: string;
  /** What it rests on: a row of LOG-FORMS ("conclude" or "is not"), or a section of LAMBDA-2026. */
  readonly by: string;
  /** The article that tells more. */
  readonly article?: string;
}

/** The table of findings. */
export const FINDINGS = {
  // How it ended.
  'several-endings': { when: 'attempts failed for different reasons', by: 'README: mixed-1' },
  'module-missing': {
    when: 'ImportModuleError: No module named X, and X is not the module of the handler',
    by: 'LAMBDA-2026, 7',
    article: 'which-copy-did-i-import',
  },
  'handler-module-missing': {
    when: 'ImportModuleError: No module named X, and X is the module of the handler',
    by: 'LAMBDA-2026, 7',
    article: 'which-copy-did-i-import',
  },
  'import-failed': {
    when: 'ImportModuleError with any other text',
    by: 'LAMBDA-2026, 7',
    article: 'which-copy-did-i-import',
  },
  'syntax-error': { when: 'Runtime.UserCodeSyntaxError', by: 'LAMBDA-2026, 1', article: 'when-it-fails' },
  'handler-missing': {
    when: 'Runtime.HandlerNotFound',
    by: 'LAMBDA-2026, 7',
    article: 'inside-the-bootstrap',
  },
  'handler-name-bad': {
    when: 'Runtime.MalformedHandlerName',
    by: 'LAMBDA-2026, 7',
    article: 'inside-the-bootstrap',
  },
  'built-in-conflict': {
    when: 'Runtime.BuiltInModuleConflict',
    by: 'LAMBDA-2026, 7',
    article: 'which-copy-did-i-import',
  },
  'import-raised': {
    when: 'an exception of its own class at import',
    by: 'LAMBDA-2026, 7',
    article: 'why-did-init-run-twice',
  },
  'import-raised-untyped': {
    when: '"module initialization error", the words of Python 3.6',
    by: 'is not: 2016–19 logs',
    article: 'why-did-init-run-twice',
  },
  'init-failed': {
    when: 'INIT_REPORT with Status: error, and no line that says why',
    by: 'conclude: INIT_REPORT Status: error',
    article: 'why-did-init-run-twice',
  },
  'out-of-memory': {
    when: 'Error Type: Runtime.OutOfMemory',
    by: 'conclude: Runtime.OutOfMemory',
    article: 'when-it-fails',
  },
  'out-of-memory-no-size': {
    when: 'the same, and no Memory Size',
    by: 'conclude: Runtime.OutOfMemory',
    article: 'when-it-fails',
  },
  killed: { when: '"signal: killed"', by: 'conclude: signal: killed', article: 'when-it-fails' },
  'segmentation-fault': {
    when: '"signal: segmentation fault"',
    by: 'conclude: signal: segmentation fault',
    article: 'when-it-fails',
  },
  signal: { when: 'any other "signal: …"', by: 'LAMBDA-2026, 2', article: 'when-it-fails' },
  'timed-out': {
    when: 'Status: timeout with whole seconds, or "Task timed out after"',
    by: 'conclude: Status: timeout; Task timed out',
    article: 'how-much-time-is-left',
  },
  'timed-out-no-limit': {
    when: 'a time-out whose numbers name no limit',
    by: 'conclude: Status: timeout',
    article: 'how-much-time-is-left',
  },
  'exit-status': { when: '"exit status N"', by: 'LAMBDA-2026, 2', article: 'when-it-fails' },
  'exit-without-reason': {
    when: '"exited without providing a reason"',
    by: 'LAMBDA-2026, 2',
    article: 'when-it-fails',
  },
  'exited-at-import': {
    when: 'the same, and INIT_REPORT with Status: error',
    by: 'LAMBDA-2026, 1',
    article: 'when-it-fails',
  },
  'restore-failed': {
    when: 'RESTORE_REPORT with a Status',
    by: 'LAMBDA-2026, 1',
    article: 'cold-and-warm',
  },
  exited: { when: 'Error Type: Runtime.ExitError', by: 'LAMBDA-2026, 1', article: 'when-it-fails' },
  'extension-crash': {
    when: 'Error Type: Extension.Crash',
    by: 'conclude: Extension.Crash',
    article: 'when-it-fails',
  },
  'response-too-large': {
    when: 'Function.ResponseSizeTooLarge, or code 413 for a success',
    by: 'LAMBDA-2026, 2',
    article: 'what-may-i-return',
  },
  'marshal-error': {
    when: 'Runtime.MarshalError, or "is not JSON serializable" in a result',
    by: 'LAMBDA-2026, 2',
    article: 'what-may-i-return',
  },
  'wrong-signature': {
    when: 'TypeError about positional arguments, and no frame of the program',
    by: 'LAMBDA-2026, 7',
    article: 'who-called-me',
  },
  exception: {
    when: 'an uncaught exception in the handler',
    by: 'is not: [ERROR] TIME ID',
    article: 'when-it-fails',
  },
  'error-type-only': {
    when: 'Status: error, and only its type',
    by: 'LAMBDA-2026, 1',
    article: 'when-it-fails',
  },
  'error-message-only': {
    when: 'an answer with an errorMessage, and no errorType',
    by: 'is not: 2016–19 logs',
    article: 'when-it-fails',
  },
  'function-error-no-payload': {
    when: 'FunctionError without the payload',
    by: 'conclude: FunctionError',
    article: 'when-it-fails',
  },
  'gateway-function-error': {
    when: '"customer function error" in the log of API Gateway',
    by: 'conclude: FunctionError',
    article: 'when-it-fails',
  },
  'answer-unfit': {
    when: '"Malformed Lambda proxy response"',
    by: 'conclude: Malformed Lambda proxy response',
    article: 'what-may-i-return',
  },
  'gateway-timed-out': { when: 'API Gateway stopped waiting', by: 'public: API Gateway’s log' },
  'gateway-refused': { when: 'API Gateway couldn’t call the function', by: 'public: API Gateway’s log' },
  'gateway-no-cause': { when: 'API Gateway’s answer alone', by: 'README: invoke-6' },
  'local-timed-out': { when: 'sam’s own time-out', by: 'is not: timed out after 3 seconds' },
  'no-runtime-api': {
    when: 'LAMBDA_RUNTIME Failed to get next invocation',
    by: 'is not: LAMBDA_RUNTIME',
    article: 'the-same-trick-today',
  },
  'no-lambda': { when: 'frames of a framework’s own tool, and no line of Lambda', by: 'README: tools-8' },
  'init-timed-out': {
    when: 'INIT_REPORT with Status: timeout in phase init',
    by: 'conclude: initReport status: timeout',
    article: 'why-did-init-run-twice',
  },
  'more-endings': { when: 'more different endings than can be said', by: 'none needed' },
  'logged-exception': {
    when: 'ERROR with time and id, a traceback or the program’s JSON',
    by: 'is not: [ERROR] TIME ID; "level":"ERROR"',
    article: 'when-it-fails',
  },
  'printed-traceback': {
    when: 'a traceback line by line, without the runtime’s ERROR',
    by: 'is not: traceback one line per event',
  },
  'logging-fault': { when: '"--- Logging error ---"', by: 'README: mixed-7' },
  'logged-stack': { when: 'frames from the runtime on, and no exception', by: 'README: trace-8' },
  'extension-trouble': { when: 'an extension logs an error', by: 'conclude: TELEMETRY, EXTENSION' },
  'all-succeeded': { when: 'every attempt ended without an error', by: 'LAMBDA-2026, 1' },
  'logged-error': {
    when: 'a line of the program at level ERROR or above, and no traceback with it',
    by: 'is not: [ERROR] TIME ID; "level":"ERROR"',
    article: 'when-it-fails',
  },
  measured: { when: 'REPORT alone, which doesn’t say how it ended', by: 'README: tools-9' },
  ended: { when: 'END, and neither its beginning nor an error', by: 'README: mixed-3' },
  begun: { when: 'START, and nothing of its end', by: 'none needed' },
  'program-only': { when: 'lines of the program, and none of Lambda', by: 'README: json-6' },

  // How it began.
  cold: { when: 'INIT_START, or Init Duration', by: 'conclude: INIT_START', article: 'cold-and-warm' },
  'cold-many': { when: 'the same, several times', by: 'conclude: INIT_START', article: 'cold-and-warm' },
  'cold-no-time': {
    when: 'INIT_START, and no number for its init',
    by: 'conclude: INIT_START',
    article: 'cold-and-warm',
  },
  warm: {
    when: 'REPORT without Init Duration, and no init or reset before it',
    by: 'conclude: REPORT without Init Duration',
    article: 'cold-and-warm',
  },
  restored: { when: 'Restore Duration', by: 'LAMBDA-2026, 1', article: 'cold-and-warm' },
  'init-twice': {
    when: 'INIT_REPORT for both phases',
    by: 'conclude: INIT_REPORT Status: error',
    article: 'why-did-init-run-twice',
  },
  'init-inside': {
    when: 'INIT_REPORT for the phase invoke',
    by: 'conclude: INIT_REPORT Status: error',
    article: 'why-did-init-run-twice',
  },
  'init-after-reset': {
    when: 'no INIT_START, and the attempt before it in its environment ended the process',
    by: 'conclude: Runtime.OutOfMemory',
    article: 'why-did-init-run-twice',
  },
  'loaded-twice': {
    when: 'the same line before START and after it, no Init Duration, and the process ended',
    by: 'README: mixed-6',
    article: 'why-did-init-run-twice',
  },
  'kept-after-import-error': {
    when: 'an error of import between START and END without INIT_REPORT',
    by: 'conclude: import error between START and END',
    article: 'why-did-init-run-twice',
  },

  // What was billed.
  'init-billed': {
    when: 'Billed is Duration and Init Duration, rounded up',
    by: 'conclude: Billed = ceil(Duration + Init)',
    article: 'cold-and-warm',
  },
  'init-free': {
    when: 'Billed is Duration, rounded up, though there is an Init Duration',
    by: 'conclude: Billed = ceil(Duration)',
    article: 'cold-and-warm',
  },
  'second-init-billed': {
    when: 'INIT_REPORT for the phase invoke, and Billed is Duration, rounded up',
    by: 'conclude: INIT_REPORT Status: error',
    article: 'why-did-init-run-twice',
  },
  'first-init-unbilled': {
    when: 'a failed first init, which isn’t in Billed Duration',
    by: 'TOOLS: a failed first init',
    article: 'why-did-init-run-twice',
  },
  'billed-in-steps': { when: 'Billed in steps of 100 ms', by: 'is not: Billed Duration: 100 ms' },
  'billed-to-limit': { when: 'Billed is the limit, Duration is more', by: 'conclude: Task timed out' },
  'numbers-unfit': { when: 'Billed fits no form', by: 'conclude: Billed = ceil(…)' },

  // What belongs together.
  retry: {
    when: 'the same request id again',
    by: 'conclude: same request id again',
    article: 'when-it-fails',
  },
  retries: {
    when: 'the same several times, or without times',
    by: 'conclude: same request id again',
    article: 'when-it-fails',
  },
  'one-environment': {
    when: 'several attempts in one stream, or one after another where a process was kept',
    by: 'README: tools-2',
    article: 'cold-and-warm',
  },
  environments: { when: 'several streams or cold starts, or attempts that overlap', by: 'README: mixed-1' },
  interleaved: { when: 'an attempt begins before another is over', by: 'is not: two START' },

  // Memory.
  'memory-spare': { when: 'trouble, and Used is far from Size', by: 'prototype: explain' },
  'memory-full': { when: 'Used = Size without a kill for memory', by: 'is not: Used = Size = killed' },
  'memory-near': { when: 'killed, and another attempt used 90 % of its memory', by: 'README: errors-4' },

  // Whose code, which Python.
  frames: { when: 'frames of a traceback', by: 'conclude: paths', article: 'which-copy-did-i-import' },
  'frames-not-yours': { when: 'frames, and none of the program', by: 'conclude: paths' },
  python: { when: 'INIT_START or a path names the version', by: 'conclude: /var/lang/lib/python3.N' },

  // What kind of paste it is.
  emulated: { when: 'lines that only an emulator writes', by: 'conclude: (rapid), time=' },
  'emulated-partly': { when: 'the same beside lines of Lambda', by: 'conclude: (rapid), time=' },
  copies: { when: 'the same event once more', by: 'is not: event twice' },
  'begins-cut': { when: 'an attempt without START, or a paste of the last 4 KB', by: 'is not: no START' },
  'cells-cut': { when: 'a printed DataFrame’s cell ends in “...”', by: 'pandas: display.max_colwidth' },
  'late-lines': { when: 'lines of an attempt behind its REPORT', by: 'is not: END/REPORT first' },
  'zones-differ': {
    when: 'the console’s clock and the lines’ differ by whole hours',
    by: 'is not: times differ',
  },
  'no-cause-line': { when: '"Unknown application error occurred"', by: 'is not: Unknown application error' },
  'status-200': { when: 'FunctionError beside StatusCode 200', by: 'conclude: FunctionError' },

  // What these lines leave open.
  'open-nothing': { when: 'no line of a run, and no error', by: 'none needed' },
  'open-start': {
    when: 'neither a cold nor a warm start is shown',
    by: 'conclude: REPORT without Init Duration',
  },
  'open-end': { when: 'an attempt without END, REPORT or error', by: 'none needed' },
  'open-cause': { when: 'a type or a status without its cause', by: 'README: invoke-3' },
  'open-memory': { when: 'killed, and memory is likely, not proven', by: 'conclude: signal: killed' },
  'open-billing': { when: 'no REPORT, or both forms fit', by: 'conclude: Billed' },
  'open-import-line': { when: 'ImportModuleError has no frames', by: 'LAMBDA-2026, 2' },
  'open-environments': { when: 'several attempts, and no stream', by: 'prototype: explain' },
  'open-retries': { when: 'an error in the last attempt of the paste', by: 'LAMBDA-2026, 2' },
  'open-date': { when: 'times without a date', by: 'README: console-1' },
} as const satisfies Readonly<Record<string, FindingRow>>;

/** What may be said. */
export type FindingId = keyof typeof FINDINGS;

/** All that may be said, in its order. */
export const FINDING_IDS = Object.keys(FINDINGS) as readonly FindingId[];

/** The article that tells more about a finding; null where none does. */
export function articleOf(id: FindingId): string | null {
  const row: FindingRow = FINDINGS[id];
  return row.article ?? null;
}
