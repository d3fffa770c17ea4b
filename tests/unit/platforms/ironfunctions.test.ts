/** Both formats of IronFunctions from the call to the answer: the adapters of the examples, in the lab's Python. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import type { ChildMessage } from '../../../src/integrations/node-environment.child.ts';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import type { EnvironmentSpec, WorkerMessage } from '../../../src/sandbox/protocol.ts';
import { eventsToLog, type TraceEvent } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';
import { error } from './ironfunctions.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../../content/examples');
const CHILD = path.resolve(import.meta.dirname, '../../../src/integrations/node-environment.child.ts');
const PLATFORMS = ['ironfunctions-default', 'ironfunctions-http'] as const;
const WAYS = ['suspended', 'queue'] as const;

type Platform = (typeof PLATFORMS)[number];

async function run(platform: Platform, source: string, chosen: Chosen = {}): Promise<EnvironmentRecord[]> {
  const adapter = await readFile(path.join(EXAMPLES, 'print-the-stack/on', platform, 'func.py'), 'utf8');
  return runHandler(source, { platform, handler: 'func.py', files: { 'func.py': adapter }, ...chosen });
}

const COUNTER = `import sys

runs = 0


def lambda_handler(event, context):
    global runs
    runs += 1
    print("run", runs, file=sys.stderr)
    return {"runs": runs, "event": event}
`;

/** The id of the first call. */
const idOf = (environments: readonly EnvironmentRecord[]): string =>
  environments[0]?.runs[0]?.beginning.request ?? '';

/** What comes of a process that ends without an answer: its status, and the call's outcome. */
const endedWith = (platform: Platform, code: number, id: string): unknown[] =>
  platform === 'ironfunctions-default'
    ? [code, { status: 'exited', code, payload: error(`the function ended with status ${String(code)}`, id) }]
    : [null, { status: 'timed-out', milliseconds: 3000, payload: error('Timed out', id) }];

const answersOf = (environments: readonly EnvironmentRecord[]): unknown[] =>
  environments.map(({ runs, exit }) => [exit, ...runs.map(({ outcome }) => outcome)]);

const eventsOf = (environments: readonly EnvironmentRecord[]): TraceEvent[] =>
  environments.flatMap(({ runs }) => runs.flatMap(({ events }) => events));

/** Who is in the stack, by owner, file and function, in the order in which they were entered. */
const framesOf = (environments: readonly EnvironmentRecord[]): unknown[] =>
  eventsOf(environments).flatMap((event) =>
    event.kind === 'call' ? [[event.owner, event.source, event.name]] : [],
  );

/** The counter's runs, made once for the tests that look at them. */
const counted = new Map<string, Promise<EnvironmentRecord[]>>();

function count(
  platform: Platform,
  waiting: (typeof WAYS)[number] = 'suspended',
): Promise<EnvironmentRecord[]> {
  const name = `${platform} ${waiting}`;
  const known = counted.get(name) ?? run(platform, COUNTER, { events: ['{"n": "é"}', '2'], waiting });
  counted.set(name, known);
  return known;
}

describe('a function of IronFunctions', () => {
  it('is another process for every call in the default format', async () => {
    const environments = await count('ironfunctions-default');
    assert.deepEqual(answersOf(environments), [
      [0, { status: 'completed', payload: '{"runs": 1, "event": {"n": "\\u00e9"}}' }],
      [0, { status: 'completed', payload: '{"runs": 1, "event": 2}' }],
    ]);
    assert.ok(environments.every(({ runs }) => runs[0]?.beginning.cold));
  });

  it('is one process for all calls in the http format', async () => {
    assert.deepEqual(answersOf(await count('ironfunctions-http')), [
      [
        null,
        { status: 'returned', payload: '{"runs": 1, "event": {"n": "\\u00e9"}}' },
        { status: 'returned', payload: '{"runs": 2, "event": 2}' },
      ],
    ]);
  });

  for (const platform of PLATFORMS) {
    it(`shows the same in both ways of waiting (${platform})`, async () => {
      assert.deepEqual(await count(platform, 'queue'), await count(platform));
    });

    it(`runs where platform.json says, with nobody’s frames but its own (${platform})`, async () => {
      const source =
        'import os, sys\n\ndef lambda_handler(event, context):\n    return [os.getcwd(), sys.argv, sys.path[0], sys.executable]\n';
      const environments = await run(platform, source);
      assert.deepEqual(framesOf(environments), [
        ['handler', '/function/func.py', '<module>'],
        ['handler', '/function/lambda_function.py', '<module>'],
        ['handler', '/function/lambda_function.py', 'lambda_handler'],
      ]);
      const outcome = environments[0]?.runs[0]?.outcome;
      assert.ok(outcome !== undefined && 'payload' in outcome);
      assert.deepEqual(JSON.parse(outcome.payload), [
        '/function',
        ['/function/func.py'],
        '/function',
        '/usr/bin/python',
      ]);
    });

    it(`put standard error into the log, and nothing else (${platform})`, async () => {
      const outputs = eventsOf((await count(platform)).slice(0, 1)).filter(({ kind }) => kind === 'output');
      assert.deepEqual(outputs[0], { kind: 'output', stream: 'stderr', text: 'run 1\n' });
      assert.ok(outputs.every((event) => event.kind === 'output' && event.stream === 'stderr'));
    });

    it(`fails with status 1 and a traceback of its own frames when it raises (${platform})`, async () => {
      const source = 'def lambda_handler(event, context):\n    raise LookupError("no")\n';
      const environments = await run(platform, source, { events: ['1'] });
      assert.deepEqual(answersOf(environments), [endedWith(platform, 1, idOf(environments))]);
      assert.match(
        eventsToLog(environments[0]?.runs[0]?.events ?? []),
        /^Traceback \(most recent call last\):\n {2}File "\/function\/func\.py", line \d+, in <module>\n(?:(?!File).*\n)+ {2}File "\/function\/lambda_function\.py", line 2, in lambda_handler\n.*\nLookupError: no\n$/,
      );
    });

    it(`ends by the time-out whoever sleeps (${platform})`, async () => {
      const source =
        'import time\n\ndef lambda_handler(event, context):\n    time.sleep(event)\n    return event\n';
      // One platform in each way: the clock's alarm is the same for both.
      const waiting = platform === 'ironfunctions-default' ? 'suspended' : 'queue';
      const environments = await run(platform, source, { events: ['60', '0'], waiting });
      const payload = error('Timed out', idOf(environments));
      const late = { status: 'timed-out', milliseconds: 3000, payload };
      const status = platform === 'ironfunctions-default' ? 'completed' : 'returned';
      assert.deepEqual(
        environments.map(({ runs }) => runs.map(({ outcome }) => outcome)),
        [[late], [{ status, payload: '0' }]],
      );
      assert.equal(eventsToLog(environments[0]?.runs[0]?.events ?? []), '');
    });

    it(`may end at once, without a word (${platform})`, async () => {
      const source = 'import os\n\ndef lambda_handler(event, context):\n    os._exit(event)\n';
      const environments = await run(platform, source, { events: ['3'] });
      assert.deepEqual(answersOf(environments), [endedWith(platform, 3, idOf(environments))]);
    });
  }
});

describe('a function of the default format', () => {
  const asScript = (source: string, events: string[]) =>
    runHandler('', { platform: 'ironfunctions-default', files: { 'func.py': source }, events });

  it('reads whatever came, and answers with whatever it prints', async () => {
    const source =
      'import os, sys\n\nprint(os.environ["METHOD"], os.environ["HEADER_CONTENT_LENGTH"])\nprint(repr(sys.stdin.read() + sys.stdin.read()))\n';
    assert.deepEqual(answersOf(await asScript(source, ['no JSON é'])), [
      [0, { status: 'completed', payload: "POST 10\n'no JSON é'\n" }],
    ]);
  });

  it('may read nothing and print nothing', async () => {
    assert.deepEqual(answersOf(await asScript('', ['{}'])), [[0, { status: 'completed', payload: '' }]]);
  });
});

describe('a function of the http format', () => {
  const loop = (write: string): string =>
    `import sys\n\nwhile sys.stdin.readline():\n    while sys.stdin.readline().strip():\n        pass\n    body = sys.stdin.read(1)\n    ${write}\n    sys.stdout.flush()\n`;
  const asScript = (source: string, waiting: (typeof WAYS)[number], chosen: Chosen = {}) =>
    runHandler('', {
      platform: 'ironfunctions-http',
      files: { 'func.py': source },
      events: ['1', '2'],
      waiting,
      ...chosen,
    });
  const statusesOf = (environments: readonly EnvironmentRecord[]): string[][] =>
    environments.map(({ runs }) => runs.map(({ outcome }) => outcome.status));

  for (const waiting of WAYS) {
    it(`ends by the time-out at once when a response promises too much (${waiting})`, async () => {
      const source = loop('sys.stdout.write("HTTP/1.1 200 OK\\nContent-Length: 9\\n\\n" + body)');
      const environments = await asScript(source, waiting, { events: ['1'] });
      assert.deepEqual(statusesOf(environments), [['timed-out']]);
    });

    it(`answers its next call though a response brought too much (${waiting})`, async () => {
      const source = loop(
        'print("HTTP/1.1 500 Oops\\nContent-Length: 1\\nX-A: b\\n\\n" + body + "LEFTOVER")',
      );
      const environments = await asScript(source, waiting, { events: ['1', '2', '3'] });
      assert.deepEqual(answersOf(environments), [
        [null, ...['1', '2', '3'].map((payload) => ({ status: 'returned', payload }))],
      ]);
    });

    it(`lets its caller wait when it wrote what is no response, and goes on meanwhile (${waiting})`, async () => {
      const source = loop(
        'print("no HTTP response", flush=True); import time; time.sleep(float(body)); print(time.time(), file=sys.stderr)',
      );
      const environments = await asScript(source, waiting, { events: ['9', '1'] });
      assert.deepEqual(
        environments.map(({ runs }) => runs.map(({ outcome }) => outcome)),
        environments.map((environment) => [
          { status: 'timed-out', milliseconds: 3000, payload: error('Timed out', idOf([environment])) },
        ]),
      );
      assert.equal(environments.length, 2);
      // Nine seconds are more than its time, one is not: then it has gone on, and read.
      const [long, short] = environments.map(({ runs }) => eventsToLog(runs[0]?.events ?? []));
      assert.equal(long, '');
      assert.match(short ?? '', /^\d+\.\d+\n$/);
    });
  }

  const response = loop('sys.stdout.write("HTTP/1.1 200 OK\\nContent-Length: 1\\n\\n" + body)');

  it('that does not flush waits for its time-out', async () => {
    const source = response.replace('    sys.stdout.flush()\n', '');
    const environments = await asScript(source, 'suspended', { events: ['1'] });
    assert.deepEqual(statusesOf(environments), [['timed-out']]);
  });

  it('that ends between two calls leaves the next one to another container', async () => {
    const environments = await asScript(`${response}    sys.exit(7)\n`, 'suspended');
    assert.deepEqual(statusesOf(environments), [['returned'], ['returned']]);
  });

  it('is removed when nobody has called for half a minute', async (test) => {
    const child = fork(CHILD, {
      serialization: 'advanced',
      execArgv: ['--no-warnings'],
    });
    test.after(() => child.kill('SIGKILL'));
    const { description } = await readPlatform('ironfunctions-http');
    const setup = { handler: 'func.py', suppressInit: false, timeout: 3000, variables: {} };
    const environment: EnvironmentSpec = {
      platform: description,
      image: {},
      task: { '/function/func.py': response },
      setup,
      objects: {},
    };
    const types: string[] = [];
    const gone = new Promise<number>((resolve) => {
      child.on('message', (message: WorkerMessage) => {
        if (message.type !== 'recorded') types.push(message.type);
        if (message.type === 'exited') resolve(message.code);
      });
    });
    const send = (message: ChildMessage): boolean => child.send(message);
    send({ type: 'live', waiting: 'suspended', world: 'simulated', image: '', state: null });
    send({ type: 'start', environment });
    send({ type: 'invoke', queue: [{ run: 1, event: '1' }], limits: { events: 0, output: 1000 } });
    // The simulated clock lets the half minute pass as soon as the process waits.
    assert.equal(await gone, 0);
    // How far the simulated clock has come is told ahead of each.
    const told = types.filter((type) => type !== 'state');
    assert.deepEqual(told, ['ready', 'began', 'finished', 'exited']);
  });
});
