/**
 * Which lines stand in the log of today's Lambda, and in which order, by what a function does: as they were documented
 * or seen in public logs of 2025 and 2026 (`aws-docs`, `lambda-logs-2026` of `content/sources.json`).
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { eventsToLog, type RecordedRun } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly events?: readonly string[];
  /** The function's time-out in milliseconds. */
  readonly timeout?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** For each invocation the lines of its log, as `lineToWords` gives them. */
  readonly logs: readonly (readonly string[])[];
  /** For each invocation what its caller gets. */
  readonly answers: readonly RegExp[];
}

const COLD = 'REPORT, Init Duration';
const exited = (words: string): RegExp =>
  new RegExp(
    `^\\{"errorType":"Runtime\\.ExitError","errorMessage":"RequestId: [-0-9a-f]{36} Error: ${words}"\\}$`,
  );
const TIMED_OUT =
  /^\{"errorType":"Sandbox\.Timedout","errorMessage":"RequestId: [-0-9a-f]{36} Error: Task timed out after 3\.00 seconds"\}$/;

const CASES: readonly Case[] = [
  {
    name: 'a success, cold and warm',
    source: 'print("init")\ndef lambda_handler(event, context):\n    print("yours")\n    return 1\n',
    events: ['1', '2'],
    logs: [
      ['INIT_START', 'init', 'START', 'yours', 'END', COLD],
      ['START', 'yours', 'END', 'REPORT'],
    ],
    answers: [/^1$/, /^1$/],
  },
  {
    name: 'an exception',
    source: 'def lambda_handler(event, context):\n    return event["missing"]\n',
    events: ['{}', '{}'],
    logs: [
      ['INIT_START', 'START', '[ERROR] KeyError', 'END', COLD],
      ['START', '[ERROR] KeyError', 'END', 'REPORT'],
    ],
    answers: [/"errorType": "KeyError", "requestId": "[-0-9a-f]{36}"/, /"errorType": "KeyError"/],
  },
  {
    name: 'a result that is no JSON',
    source: 'def lambda_handler(event, context):\n    return {1}\n',
    logs: [['INIT_START', 'START', '[ERROR] Runtime.MarshalError', 'END', COLD]],
    answers: [/Unable to marshal response: Object of type set is not JSON serializable/],
  },
  {
    name: 'a time-out, and the event after it',
    source:
      'import time\nprint("init")\ndef lambda_handler(event, context):\n    print("yours")\n    time.sleep(event)\n    return event\n',
    events: ['5', '0'],
    logs: [
      ['INIT_START', 'init', 'START', 'yours', 'END', `${COLD}, Status: timeout`],
      ['init', 'START', 'yours', 'END', 'REPORT'],
    ],
    answers: [TIMED_OUT, /^0$/],
  },
  {
    name: 'a time-out of a warm invocation',
    source: 'import time\ndef lambda_handler(event, context):\n    time.sleep(event)\n    return event\n',
    events: ['0', '5'],
    logs: [
      ['INIT_START', 'START', 'END', COLD],
      ['START', 'END', 'REPORT, Status: timeout'],
    ],
    answers: [/^0$/, TIMED_OUT],
  },
  {
    name: 'sys.exit in a handler, and the event after it',
    source:
      'import sys\nprint("init")\ndef lambda_handler(event, context):\n    print("yours")\n    if event: sys.exit(event)\n    return event\n',
    events: ['3', '0'],
    logs: [
      [
        'INIT_START',
        'init',
        'START',
        'yours',
        'END',
        `${COLD}, Status: error, Error Type: Runtime.ExitError`,
      ],
      ['init', 'START', 'yours', 'END', 'REPORT'],
    ],
    answers: [exited('Runtime exited with error: exit status 3'), /^0$/],
  },
  {
    name: 'an exit without a status',
    source: 'import os\ndef lambda_handler(event, context):\n    os._exit(0)\n',
    logs: [['INIT_START', 'START', 'END', `${COLD}, Status: error, Error Type: Runtime.ExitError`]],
    answers: [exited('Runtime exited without providing a reason')],
  },
  {
    name: 'a module that cannot be imported, and the event after it',
    source: 'import nothing_of_this_name\n',
    events: ['1', '2'],
    logs: [
      [
        'INIT_START',
        '[WARNING] LAMBDA_WARNING',
        '[ERROR] Runtime.ImportModuleError',
        'INIT_REPORT Phase: init, Status: error, Error Type: Runtime.ImportModuleError',
        '[WARNING] LAMBDA_WARNING',
        '[ERROR] Runtime.ImportModuleError',
        'INIT_REPORT Phase: invoke, Status: error, Error Type: Runtime.ImportModuleError',
        'START',
        'END',
        'REPORT, Status: error, Error Type: Runtime.ImportModuleError',
      ],
      [
        '[WARNING] LAMBDA_WARNING',
        '[ERROR] Runtime.ImportModuleError',
        'INIT_REPORT Phase: invoke, Status: error, Error Type: Runtime.ImportModuleError',
        'START',
        'END',
        'REPORT, Status: error, Error Type: Runtime.ImportModuleError',
      ],
    ],
    answers: Array.from(
      { length: 2 },
      () =>
        /^\{"errorMessage": "Unable to import module 'lambda_function': No module named 'nothing_of_this_name'", "errorType": "Runtime\.ImportModuleError", "requestId": "", "stackTrace": \[\]\}$/,
    ),
  },
  {
    name: 'a module that raises an error of its own, whose type the platform does not take over',
    source: 'raise KeyError("x")\n',
    logs: [
      [
        'INIT_START',
        '[WARNING] LAMBDA_WARNING',
        '[ERROR] KeyError',
        'INIT_REPORT Phase: init, Status: error, Error Type: Runtime.Unknown',
        '[WARNING] LAMBDA_WARNING',
        '[ERROR] KeyError',
        'INIT_REPORT Phase: invoke, Status: error, Error Type: Runtime.Unknown',
        'START',
        'END',
        'REPORT, Status: error, Error Type: Runtime.Unknown',
      ],
    ],
    answers: [/"errorType": "KeyError", "requestId": ""/],
  },
  {
    name: 'sys.exit at import',
    source: 'import sys\nprint("init")\nsys.exit(4)\n',
    logs: [
      [
        'INIT_START',
        'init',
        'INIT_REPORT Phase: init, Status: error, Error Type: Runtime.ExitError',
        'init',
        'INIT_REPORT Phase: invoke, Status: error, Error Type: Runtime.ExitError',
        'START',
        'END',
        'REPORT, Status: error, Error Type: Runtime.ExitError',
      ],
    ],
    answers: [exited('Runtime exited with error: exit status 4')],
  },
  {
    name: 'an init that fails the first time only: the same invocation is answered',
    source:
      'import os\nprint("init")\nif not os.path.exists("/tmp/there"):\n    open("/tmp/there", "w").close()\n    raise OSError("not yet")\ndef lambda_handler(event, context):\n    return event\n',
    events: ['1', '2'],
    logs: [
      [
        'INIT_START',
        'init',
        '[WARNING] LAMBDA_WARNING',
        '[ERROR] OSError',
        'INIT_REPORT Phase: init, Status: error, Error Type: Runtime.Unknown',
        'init',
        'START',
        'END',
        'REPORT',
      ],
      ['START', 'END', 'REPORT'],
    ],
    answers: [/^1$/, /^2$/],
  },
  {
    name: 'an init of over ten seconds',
    source:
      'import os, time\nprint("init")\nif not os.path.exists("/tmp/there"):\n    open("/tmp/there", "w").close()\n    time.sleep(11)\ndef lambda_handler(event, context):\n    return event\n',
    timeout: 20_000,
    logs: [
      ['INIT_START', 'init', 'INIT_REPORT Phase: init, Status: timeout', 'init', 'START', 'END', 'REPORT'],
    ],
    answers: [/^\{\}$/],
  },
  {
    name: 'an init that takes longer than the function may',
    source: 'import time\nprint("init")\ntime.sleep(11)\n',
    logs: [
      [
        'INIT_START',
        'init',
        'INIT_REPORT Phase: init, Status: timeout',
        'init',
        'INIT_REPORT Phase: invoke, Status: timeout',
        'START',
        'END',
        'REPORT, Status: timeout',
      ],
    ],
    answers: [TIMED_OUT],
  },
  {
    name: 'an answer of over 6 MB',
    source: 'def lambda_handler(event, context):\n    return "x" * 6_291_555\n',
    logs: [
      [
        'INIT_START',
        'START',
        '[ERROR] LAMBDA_RUNTIME',
        'Traceback',
        'END',
        `${COLD}, Status: error, Error Type: Function.ResponseSizeTooLarge`,
      ],
    ],
    answers: [
      /^\{"errorMessage":"Response payload size exceeded maximum allowed payload size \(6291556 bytes\)\.","errorType":"Function\.ResponseSizeTooLarge"\}$/,
    ],
  },
  {
    name: 'a time-out, as JSON',
    source: 'import time\ndef lambda_handler(event, context):\n    time.sleep(5)\n',
    variables: { AWS_LAMBDA_LOG_FORMAT: 'JSON' },
    logs: [
      ['platform.initStart', 'platform.start', 'platform.runtimeDone timeout', 'platform.report timeout'],
    ],
    answers: [TIMED_OUT],
  },
  {
    name: 'a module that cannot be imported, as JSON',
    source: 'import nothing_of_this_name\n',
    variables: { AWS_LAMBDA_LOG_FORMAT: 'JSON' },
    logs: [
      [
        'platform.initStart',
        'WARNING',
        'Runtime.ImportModuleError',
        'platform.initReport error',
        'WARNING',
        'Runtime.ImportModuleError',
        'platform.initReport error',
        'platform.start',
        'platform.runtimeDone error',
        'platform.report error',
      ],
    ],
    answers: [/Unable to import module/],
  },
];

/** A line of the log without what differs from run to run; null for a line that goes on from the one before it. */
function lineToWords(line: string): string | null {
  if (line.startsWith('{')) return jsonToWords(JSON.parse(line) as Record<string, unknown>);
  const more = line.split('\t').filter((part) => /^(?:Phase|Status|Error Type): /.test(part));
  const [word = ''] = /^\w+/.exec(line) ?? [];
  switch (word) {
    case 'INIT_START':
    case 'START':
    case 'END':
      return word;
    case 'INIT_REPORT':
      return `${word} ${more.join(', ')}`;
    case 'REPORT':
      return [word, ...(line.includes('\tInit Duration: ') ? ['Init Duration'] : []), ...more].join(', ');
    case 'Traceback':
      return word;
    default: {
      const [, level, name] = /^\[(WARNING|ERROR)\](?:\t\S+\t\t| \[\d+\] | )([\w.]+)/.exec(line) ?? [];
      if (level !== undefined && name !== undefined) return `[${level}] ${name}`;
      return /^(?:[ \u00a0]|$|RuntimeError: )/.test(line) ? null : line;
    }
  }
}

function jsonToWords(line: Record<string, unknown>): string {
  const { type, record, level, errorType } = line as {
    type?: string;
    record?: { status?: string };
    level?: string;
    errorType?: string;
  };
  if (type !== undefined) return record?.status === undefined ? type : `${type} ${record.status}`;
  return errorType ?? level ?? '?';
}

function toWords({ events }: RecordedRun): string[] {
  const words = eventsToLog(events)
    .trimEnd()
    .split('\n')
    .flatMap((line) => lineToWords(line) ?? []);
  // The head of a trace belongs to the error above it.
  return words.filter(
    (word, at) => word !== 'Traceback' || !/^\[ERROR\] (?!LAMBDA_RUNTIME)/.test(words[at - 1] ?? ''),
  );
}

for (const waiting of ['suspended', 'queue'] as const) {
  suite(`the log of today's Lambda, where Python is ${waiting}`, () => {
    // How Python waits matters where one process follows another.
    const isShort = waiting === 'queue';
    for (const { name, source, logs, answers, ...chosen } of CASES) {
      if (isShort && !logs.flat().some((line) => line.startsWith('INIT_REPORT'))) continue;
      test(name, async () => {
        const environments = await runHandler(source, { platform: 'lambda-today', waiting, ...chosen });
        const runs = environments.flatMap((environment) => environment.runs);
        assert.deepEqual(
          runs.map((run) => toWords(run)),
          logs,
        );
        runs.forEach(({ outcome }, at) => {
          assert.match('payload' in outcome ? outcome.payload : outcome.status, answers[at] ?? /^never$/);
        });
      });
    }
  });
}

test('what a reset keeps: /tmp, and nothing of the process', async () => {
  const source = `
import os, sys
count = 0
def lambda_handler(event, context):
    global count
    count += 1
    with open("/tmp/a/log.txt" if os.path.isdir("/tmp/a") else "/tmp/log.txt", "a") as file:
        file.write(f"{event} ")
    if event == "exit":
        sys.exit(1)
    return [count, open("/tmp/log.txt").read(), sys._getframe().f_back is not None]
`;
  const [first, second] = await runHandler(source, {
    platform: 'lambda-today',
    events: ['"one"', '"exit"', '"two"', '"three"'],
  });
  const payloads = [first, second].map((environment) =>
    environment?.runs.map(({ outcome }) =>
      outcome.status === 'returned' ? outcome.payload : outcome.status,
    ),
  );
  assert.deepEqual(payloads, [
    ['[1, "one ", true]', 'exited'],
    ['[1, "one exit two ", true]', '[2, "one exit two three ", true]'],
  ]);
  const beginnings = [first, second].map((environment) =>
    environment?.runs.map(({ beginning: { cold, reset } }) => [cold, reset]),
  );
  assert.deepEqual(beginnings, [
    [
      [true, undefined],
      [false, undefined],
    ],
    [
      [true, true],
      [false, undefined],
    ],
  ]);
});

test('the frames of a run with two processes have numbers of their own', async () => {
  const source =
    'import os\nif not os.path.exists("/tmp/there"):\n    open("/tmp/there", "w").close()\n    raise OSError("not yet")\ndef lambda_handler(event, context):\n    return event\n';
  const [environment] = await runHandler(source, { platform: 'lambda-today' });
  const frames =
    environment?.runs[0]?.events.flatMap((event) => (event.kind === 'call' ? [event.frame] : [])) ?? [];
  assert.equal(new Set(frames).size, frames.length);
  assert.ok(frames.length > 10);
});
