/** A process ends as a process, whatever a handler has put into the place of what the runtime and Python use. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsToLog, type Outcome } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

interface End {
  readonly outcomes: readonly Outcome[];
  readonly log: string;
}

async function end(source: string, chosen: Chosen): Promise<End> {
  const environments = await runHandler(source, chosen);
  const runs = environments.flatMap(({ runs }) => runs);
  return {
    outcomes: runs.map(({ outcome }) => outcome),
    log: runs.map(({ events }) => eventsToLog(events)).join(''),
  };
}

const HANDLERS = {
  'lambda-today': 'def lambda_handler(event, context):',
  'lambda-2016': 'def lambda_handler(event, context):',
  'openwhisk-actionloop': 'def main(event):',
  'openwhisk-flask': 'def main(event):',
} as const;
/** How each process is told to be over: outcomes that mean that Python itself broke are none of these. */
const ENDS = new Set(['returned', 'raised', 'exited', 'failed', 'completed']);

describe('a process', () => {
  for (const [platform, head] of Object.entries(HANDLERS))
    it(`of ${platform} ends as a process when a handler has replaced what Python is made of`, async () => {
      const line =
        'import builtins, json, traceback; builtins.isinstance = builtins.len = builtins.__import__ = None; ' +
        'json.dumps = json.loads = traceback.format_exc = traceback.extract_tb = None';
      const { outcomes } = await end(`${head}\n    ${line}\n    raise ValueError("x")\n`, { platform });
      assert.ok(outcomes.length > 0);
      for (const { status } of outcomes) assert.ok(ENDS.has(status), status);
    });

  it('of today ends with its traceback and status 1, in which no frame is the lab’s', async () => {
    for (const waiting of ['suspended', 'queue'] as const) {
      const source =
        'import traceback\ndef lambda_handler(event, context):\n    traceback.extract_tb = 5\n    {}[1]\n';
      const { outcomes, log } = await end(source, { platform: 'lambda-today', waiting });
      assert.deepEqual(
        outcomes.map((outcome) => [outcome.status, 'code' in outcome ? outcome.code : null]),
        [['exited', 1]],
      );
      assert.match(
        log,
        /^Traceback \(most recent call last\):\n {2}File "\/var\/lang\/lib\/python3\.14\/site-packages\/awslambdaric\/bootstrap\.py"/m,
      );
      assert.match(log, /^KeyError: 1\n\nDuring handling of the above exception/m);
      assert.match(log, /^TypeError: 'int' object is not callable$/m);
      assert.doesNotMatch(log, /\/harness\//);
    }
  });

  it('of today is asked for nothing by what only the handler uses', async () => {
    const source =
      'import base64, json\ndef lambda_handler(event, context):\n' +
      '    json.dumps = json.loads = json.JSONDecoder.decode = base64.b64encode = None\n    return event\n';
    const { outcomes } = await end(source, { platform: 'lambda-today', events: ['1', '[2]'] });
    assert.deepEqual(outcomes, [
      { status: 'returned', payload: '1' },
      { status: 'returned', payload: '[2]' },
    ]);
  });

  const statuses: readonly (readonly [string, number])[] = [
    ['import os; os._exit(513)', 1],
    ['import os; os._exit(-2)', 254],
    ['import sys; sys.exit(1000)', 232],
    ['import sys; sys.exit(10 ** 30)', 255],
    ['raise type("Stop", (KeyboardInterrupt,), {})', 1],
    ['raise KeyboardInterrupt', -2],
    ['import asyncio, sys\n    async def work(): sys.exit(7)\n    asyncio.run(work())', 7],
    ['import asyncio\n    async def work(): raise KeyboardInterrupt\n    asyncio.run(work())', -2],
  ];
  for (const [lines, code] of statuses)
    it(`ends with ${String(code)} by ${JSON.stringify(lines)}`, async () => {
      const source = `def lambda_handler(event, context):\n    ${lines}\n`;
      const { outcomes } = await end(source, { platform: 'lambda-today' });
      assert.deepEqual(
        outcomes.map((outcome) => [outcome.status, 'code' in outcome ? outcome.code : null]),
        [['exited', code]],
      );
    });

  it('hears from os._exit what is no status', async () => {
    const source =
      'import os\ndef lambda_handler(event, context):\n    found = []\n    for status in 2 ** 31, "1", 1.0:\n' +
      '        try: os._exit(status)\n        except Exception as error: found.append(type(error).__name__)\n' +
      '    return found\n';
    const { outcomes } = await end(source, { platform: 'lambda-today' });
    const payload = '["OverflowError", "TypeError", "TypeError"]';
    assert.deepEqual(outcomes, [{ status: 'returned', payload }]);
  });

  it('has a loop of asyncio’s for as long as it runs one, and sleeps in it', async () => {
    const source = `import asyncio, time
async def work(n):
    await asyncio.sleep(0.2 * n)
    time.sleep(0.1)
    return [n, asyncio.current_task().get_name(), await asyncio.to_thread(len, "abc")]

async def all():
    return await asyncio.gather(work(2), work(1))

def lambda_handler(event, context):
    try:
        asyncio.get_running_loop()
    except RuntimeError as error:
        before = str(error)
    start = time.monotonic()
    found = asyncio.run(all())
    return [before, found, 0.5 <= time.monotonic() - start < 2, asyncio.run(asyncio.sleep(0, "again"))]
`;
    for (const waiting of ['suspended', 'queue'] as const) {
      const { outcomes } = await end(source, { platform: 'lambda-today', waiting });
      const payload = '["no running event loop", [[2, "Task-2", 3], [1, "Task-3", 3]], true, "again"]';
      assert.deepEqual(outcomes, [{ status: 'returned', payload }]);
    }
  });

  it('is refused a connection by whatever port', async () => {
    const source = `import socket, traceback, urllib.request
def lambda_handler(event, context):
    found = []
    for ask in lambda: socket.create_connection(("127.0.0.1", 81), 2), lambda: urllib.request.urlopen("http://10.0.0.1:8080/"):
        try:
            ask()
        except OSError as error:
            reason = getattr(error, "reason", error)
            found.append([type(reason).__name__, [f.name for f in traceback.extract_tb(error.__traceback__)][1:4]])
    return found
`;
    const { outcomes } = await end(source, { platform: 'lambda-today' });
    const connects = '["ConnectionRefusedError", ["<lambda>", "create_connection", "create_connection"]]';
    const opens = '["ConnectionRefusedError", ["<lambda>", "urlopen", "open"]]';
    assert.deepEqual(outcomes, [{ status: 'returned', payload: `[${connects}, ${opens}]` }]);
  });

  it('writes what it has compiled only where it may, and its streams have a mode', async () => {
    const source =
      'import sys\ndef lambda_handler(event, context):\n' +
      '    return [sys.dont_write_bytecode, sys.stdout.mode, sys.stderr.mode]\n';
    const { outcomes } = await end(source, { platform: 'lambda-today' });
    assert.deepEqual(outcomes, [{ status: 'returned', payload: '[false, "w", "w"]' }]);
  });
});
