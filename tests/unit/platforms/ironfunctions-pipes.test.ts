/**
 * The adapters of IronFunctions under a Python of the machine's own, on real pipes, with the model's services at the
 * platform's ends: what runs in the lab is the same Python, and says the same.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findPython } from '../../../scripts/checks/python.ts';
import * as cold from '../../../src/platforms/ironfunctions-default/service.ts';
import * as hot from '../../../src/platforms/ironfunctions-http/service.ts';
import { Container, error } from './ironfunctions.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../../content/examples');
const PYTHON = findPython();
const OPTIONS = { skip: PYTHON === null ? 'there is no CPython 3.11 or newer here' : false };

const SERVICES = {
  'ironfunctions-default': cold.createService,
  'ironfunctions-http': hot.createService,
} as const;

type Platform = keyof typeof SERVICES;
const PLATFORMS = Object.keys(SERVICES) as Platform[];

/** What became of a process: how its calls ended, what it wrote to the log, its exit status. */
interface Ended {
  readonly endings: Container['endings'];
  readonly log: string;
  readonly code: number | null;
}

/** Starts one container with the handler's source beside the adapter, and lets it answer what it can. */
async function run(test: TestContext, platform: Platform, source: string, events = ['{}']): Promise<Ended> {
  const folder = await mkdtemp(path.join(tmpdir(), 'function-'));
  test.after(() => rm(folder, { recursive: true }));
  const adapter = path.join(EXAMPLES, 'print-the-stack/on', platform, 'func.py');
  await copyFile(adapter, path.join(folder, 'func.py'));
  await writeFile(path.join(folder, 'lambda_function.py'), source);
  const container = new Container(SERVICES[platform], events);
  const child = spawn(PYTHON ?? '', [path.join(folder, 'func.py')], {
    cwd: folder,
    env: { ...container.environment, PYTHONDONTWRITEBYTECODE: '1' },
  });
  let log = '';
  child.stderr.on('data', (text) => (log += String(text)));
  // A process that has failed reads no more.
  child.stdin.on('error', () => undefined);
  const feed = (): void => {
    const text = container.read(1 << 20);
    if (text === null || text === '') child.stdin.end();
    else {
      child.stdin.write(text);
      if (platform === 'ironfunctions-default') feed();
    }
  };
  child.stdout.on('data', (bytes: Buffer) => {
    const answered = container.endings.length;
    const answer = container.write(Uint8Array.from(bytes));
    if ('exit' in answer) child.kill('SIGKILL');
    else if (container.endings.length > answered) feed();
    // No response: its caller waits for the time-out, and this test does not.
    else if (platform === 'ironfunctions-http' && !String(bytes).startsWith('HTTP/')) child.stdin.end();
  });
  feed();
  const [code] = (await once(child, 'close')) as [number | null];
  container.service.exited(code ?? -9);
  return { endings: container.endings, log: log.replaceAll(folder, '/function'), code };
}

/** How a call ends whose process has ended without an answer. */
const ended = (platform: (typeof PLATFORMS)[number], status: number): [string, string, string] =>
  platform === 'ironfunctions-default'
    ? ['request-1', 'exited', error(`the function ended with status ${String(status)}`)]
    : ['request-1', 'timed-out', error('Timed out')];

describe('the adapters under the machine’s own Python', OPTIONS, () => {
  for (const platform of PLATFORMS) {
    it(`leave no stranger in the stack (${platform})`, async (test) => {
      const source = 'import traceback\n\ndef lambda_handler(event, context):\n    traceback.print_stack()\n';
      const { log } = await run(test, platform, source);
      assert.deepEqual(
        Array.from(log.matchAll(/File "(.*)", line \d+, in (.*)/g), ([, file, name]) => [file, name]),
        [
          ['/function/func.py', '<module>'],
          ['/function/lambda_function.py', 'lambda_handler'],
        ],
      );
    });

    for (const [about, source, event, last] of [
      [
        'the handler raises',
        'def lambda_handler(event, context):\n    raise LookupError("no")\n',
        '{}',
        'LookupError: no',
      ],
      [
        'the event is no JSON',
        'def lambda_handler(event, context):\n    return event\n',
        '{',
        'json.decoder.JSONDecodeError: .*',
      ],
      [
        'the answer is none of JSON’s',
        'def lambda_handler(event, context):\n    return [1, {2}]\n',
        '{}',
        'TypeError: Object of type set is not JSON serializable',
      ],
    ] as const) {
      it(`end with status 1 and a traceback in the log when ${about} (${platform})`, async (test) => {
        const { endings, log, code } = await run(test, platform, source, [event]);
        assert.equal(code, 1);
        assert.match(log, new RegExp(`^Traceback [^]*\\n${last}\\n`));
        assert.deepEqual(endings, [ended(platform, 1)]);
      });
    }

    it(`end with the handler’s own status (${platform})`, async (test) => {
      const source = 'import sys\n\ndef lambda_handler(event, context):\n    sys.exit(3)\n';
      const { endings } = await run(test, platform, source);
      assert.deepEqual(endings, [ended(platform, 3)]);
    });
  }

  const COUNTER =
    'runs = 0\n\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    return [event, runs]\n';

  it('keep their globals in the http format, and end with standard input', async (test) => {
    const { endings, code } = await run(test, 'ironfunctions-http', COUNTER, ['"é"', '2']);
    assert.deepEqual(endings, [
      ['request-1', 'returned', '["\\u00e9", 1]'],
      ['request-2', 'returned', '[2, 2]'],
    ]);
    assert.equal(code, 0);
  });

  it('answer one call in the default format', async (test) => {
    const { endings, code } = await run(test, 'ironfunctions-default', COUNTER, ['"é"', '2']);
    assert.deepEqual(endings, [['request-1', 'completed', '["\\u00e9", 1]']]);
    assert.equal(code, 0);
  });

  it('have what a handler prints in the answer, where it spoils a response', async (test) => {
    const source = 'def lambda_handler(event, context):\n    print("hello", flush=True)\n    return 1\n';
    const answers = await Promise.all(PLATFORMS.map((platform) => run(test, platform, source)));
    assert.deepEqual(
      answers.map(({ endings }) => endings),
      [[['request-1', 'completed', 'hello\n1']], [['request-1', 'timed-out', error('Timed out')]]],
    );
  });
});
