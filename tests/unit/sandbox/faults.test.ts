import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import { eventsToLog, type RecordedRun } from '../../../src/trace/format.ts';
import { runHandler, runToDeadline } from '../run-handler.ts';

/** What a reader's code may do without ending its environment, by the name that the event asks for. */
const HANDLER = `import builtins
import os
import subprocess
import threading

saved = print


def chain(depth):
    error = None
    for number in range(depth):
        try:
            raise ValueError(number) from error
        except ValueError as caught:
            error = caught
    raise error


def forget_print():
    builtins.print = None
    return "forgotten"


FAULTS = {
    "one line of 50 MB": lambda: print("x" * 50_000_000),
    "a value of ten million": lambda: len(list(range(10**7))),
    "an answer of ten million": lambda: [0] * 10**7,
    "recursion": lambda: FAULTS["recursion"](),
    "an exception of 10 MB": lambda: (_ for _ in ()).throw(ValueError("x" * 10_000_000)),
    "a chain of 400 exceptions": lambda: chain(400),
    "input": lambda: input("name? "),
    "a thread": lambda: threading.Thread(target=print).start(),
    "a command": lambda: os.system("ls"),
    "a process": lambda: subprocess.run(["ls"]),
    "no print": forget_print,
    "html": lambda: print("</script><b>&amp;"),
    "control characters": lambda: print("\\x1b[31mred\\x00\\u202edrow"),
    "a lone surrogate": lambda: print("\\ud800"),
    "a null byte in code": lambda: compile("a\\0b", "x.py", "exec"),
    "an answer that is no JSON": lambda: object(),
    "an answer without end": lambda: (lambda d: d.update(d=d) or d)({}),
    "a deleted module": lambda: __import__("sys").modules.clear(),
}


def lambda_handler(event, context):
    builtins.print = saved
    return FAULTS[event]()
`;

const NAMES = [...HANDLER.matchAll(/^ {4}"(.+?)": /gm)].map(([, name]) => name ?? '');

/** The clock is the machine's own, for endless loops that look at it; no time-out of the function is to be reached. */
const CHOSEN = { limits: { events: 500, output: 65_536 }, world: 'real', timeout: 900_000 } as const;

/** How long a run may take that ends by itself: as long as it likes on a busy machine. */
const PATIENCE = 300_000;

/** Events are handed over as JSON. */
function toJson(events: readonly string[]): string[] {
  return events.map((event) => JSON.stringify(event));
}

function run(source: string, events: readonly string[]): Promise<EnvironmentRecord[]> {
  return runHandler(source, { ...CHOSEN, events: toJson(events), deadline: PATIENCE });
}

describe('what a reader’s code may do', () => {
  const runs = new Map<string, RecordedRun>();
  let environments: EnvironmentRecord[] = [];
  before(async () => {
    environments = await run(HANDLER, NAMES);
    const all = environments.flatMap((environment) => environment.runs);
    NAMES.forEach((name, at) => {
      const found = all[at];
      if (found !== undefined) runs.set(name, found);
    });
  });

  const logOf = (name: string): string => eventsToLog(runs.get(name)?.events ?? []);
  const errorOf = (name: string): { errorType?: string; errorMessage?: string } => {
    const outcome = runs.get(name)?.outcome;
    return JSON.parse(outcome?.status === 'raised' ? outcome.payload : '{}') as { errorType?: string };
  };

  it('is answered in one and the same environment, every time', () => {
    assert.equal(environments.length, 1);
    for (const name of NAMES) {
      assert.match(runs.get(name)?.outcome.status ?? 'missing', /^(?:returned|raised)$/, name);
      assert.match(logOf(name), /\nEND RequestId: .*\nREPORT RequestId: .*\n$/, name);
      assert.ok(logOf(name).length < 200_000, `${name}: ${String(logOf(name).length)} characters`);
      assert.doesNotMatch(logOf(name), /\/harness\//, name);
    }
  });

  it('print one line of 50 MB: it is cut', () => {
    assert.match(logOf('one line of 50 MB'), /keeps the first 65536 characters/);
  });

  it('make a value of ten million: its length is all that is told', () => {
    assert.deepEqual(runs.get('a value of ten million')?.outcome, {
      status: 'returned',
      payload: '10000000',
    });
    assert.equal(errorOf('an answer of ten million').errorMessage, 'body size is too long');
  });

  it('call itself without end: Python’s own limit is met', () => {
    assert.equal(errorOf('recursion').errorType, 'RecursionError');
  });

  it('raise what is too long: it is cut, and said to be', () => {
    assert.match(logOf('an exception of 10 MB'), /\nx+… \(\d+ more characters\)\nEND/);
    assert.equal(errorOf('an exception of 10 MB').errorMessage, 'body size is too long');
    assert.equal(errorOf('a chain of 400 exceptions').errorMessage, '399');
  });

  it('ask somebody who is not there', () => {
    assert.equal(errorOf('input').errorType, 'EOFError');
    assert.match(errorOf('a thread').errorMessage ?? '', /thread/);
    assert.match(errorOf('a process').errorMessage ?? '', /process/);
    assert.match(errorOf('a command').errorMessage ?? '', /no other programs/);
  });

  it('break what it needs itself, and run again', () => {
    assert.deepEqual(runs.get('no print')?.outcome, { status: 'returned', payload: '"forgotten"' });
    assert.match(logOf('html'), /\n<\/script><b>&amp;\n/);
  });

  it('print what a terminal would obey, or what is no text at all', () => {
    // eslint-disable-next-line no-control-regex
    assert.match(logOf('control characters'), /\n\u001b\[31mred\u0000\u202edrow\n/);
    assert.match(logOf('a lone surrogate'), /\n\\ud800\n/);
  });

  it('compile nonsense', () => {
    assert.match(errorOf('a null byte in code').errorType ?? '', /SyntaxError|ValueError/);
  });

  it('return what has no JSON form', () => {
    assert.equal(errorOf('an answer that is no JSON').errorType, 'TypeError');
    assert.match(errorOf('an answer without end').errorType ?? '', /ValueError|RecursionError/);
  });
});

describe('an environment that is spent', () => {
  it('by memory is replaced, and 300 MB is not too much', async () => {
    const environments = await run(
      'runs = 0\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    if event == "much":\n        return len(bytearray(300 * 2**20))\n    kept = []\n    while event == "all":\n        kept.append(bytearray(2**20))\n    return runs\n',
      ['much', 'all', 'little'],
    );
    assert.deepEqual(
      environments.map(({ runs }) => runs.map(({ outcome }) => outcome)),
      [
        [
          { status: 'returned', payload: '314572800' },
          { status: 'limited', by: 'memory' },
        ],
        [{ status: 'returned', payload: '1' }],
      ],
    );
  });

  it('is not one that was refused memory and has caught that', async () => {
    const environments = await run(
      'runs = 0\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    try:\n        return len("a" * 10**int(event))\n    except MemoryError:\n        return runs\n',
      ['9', '3', '9'],
    );
    assert.deepEqual(
      environments.map(({ runs }) => runs.map(({ outcome }) => outcome)),
      [['1', '1000', '3'].map((payload) => ({ status: 'returned', payload }))],
    );
  });

  it('by a loop in C, or by a wait that never ends, is replaced', async () => {
    const environments = await runToDeadline(
      'import asyncio\ndef lambda_handler(event, context):\n    if event == "loop":\n        sum(range(10**15))\n    if event == "wait":\n        asyncio.run(asyncio.Event().wait())\n    return "fine"\n',
      2,
      { ...CHOSEN, events: toJson(['loop', 'wait', 'fine']) },
    );
    assert.deepEqual(
      environments.map(({ runs }) => runs.map(({ outcome }) => outcome)),
      [
        [{ status: 'limited', by: 'milliseconds' }],
        [{ status: 'limited', by: 'milliseconds' }],
        [{ status: 'returned', payload: '"fine"' }],
      ],
    );
  });
});

describe('a file that is no Python', () => {
  for (const [name, source, words] of [
    ['with a syntax error', 'import os\n\ndef lambda_handler(event, context)\n    return 1\n', /line 3/],
    ['with a null byte', 'import os\nx = "a\0b"\n', /null byte/],
  ] as const) {
    it(`${name} is told with the reader’s own words and lines`, async () => {
      const [environment] = await run(source, ['x']);
      assert.equal(environment?.runs[0]?.outcome.status, 'raised');
      const log = eventsToLog(environment.runs[0].events);
      assert.match(log, words);
      assert.doesNotMatch(log, /harness/);
    });
  }
});
