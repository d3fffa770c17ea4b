import assert from 'node:assert/strict';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { notesOfRun, readRuntime, stackAtHandler } from '../../../scripts/invoke-runtime.ts';
import { eventsToLog, eventsToNotes, type RecordedRun } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';
import { Places, runBrought } from './run-brought.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/brought-runtime');
const LIMITS = { events: 5000, output: 100_000 };

/** An outcome without what differs from run to run. */
function outcomeOf({ outcome, beginning }: RecordedRun): unknown {
  return JSON.parse(JSON.stringify(outcome).replaceAll(beginning.request, 'REQUEST')) as unknown;
}

const HANDLER = `
import time
count = 0
def lambda_handler(event, context):
    global count
    count += 1
    if event == "error":
        raise ValueError("雪")
    if event == "slow":
        time.sleep(9)
    print("ran", count)
    return {"count": count, "event": event, "of": context.function_name}
`;

describe('a brought client of the Runtime API', () => {
  const client = path.join(FIXTURES, 'client');

  it('answers as the model does: cold, warm, an error, a time-out, cold again', async () => {
    const events = ['1', '"雪"', '"error"', '"slow"', '2'];
    const brought = await runBrought(client, HANDLER, { events });
    const model = (await runHandler(HANDLER, { platform: 'lambda-today', events, limits: LIMITS })).flatMap(
      ({ runs }) => runs,
    );
    assert.deepEqual(
      brought.map(({ outcome }) => outcome.status),
      ['returned', 'returned', 'raised', 'timed-out', 'returned'],
    );
    assert.deepEqual(brought.map(outcomeOf).filter(isNoTimeout), model.map(outcomeOf).filter(isNoTimeout));
    assert.deepEqual(
      brought.map(({ beginning }) => beginning.cold),
      model.map(({ beginning }) => beginning.cold),
    );
    for (const run of brought) assert.match(eventsToLog(run.events), /^(?:ran|START|INIT_START|REPORT|END)/m);
  });

  it('reports an error of the init phase as the model does, by http.client', async () => {
    const source = 'import nothing_there\n';
    const [brought] = await runBrought(client, source);
    const [model] = (await runHandler(source, { platform: 'lambda-today', limits: LIMITS })).flatMap(
      ({ runs }) => runs,
    );
    assert.ok(brought && model);
    assert.deepEqual(outcomeOf(brought), outcomeOf(model));
    const sent = (run: RecordedRun): string[] =>
      run.events.flatMap((event) =>
        event.kind === 'message' && event.from === 'bootstrap' ? [event.what] : [],
      );
    assert.deepEqual(sent(brought), sent(model));
  });

  it('owns its frames, script and package alike, and tells what was put in the place of its parts', async () => {
    const [run] = await runBrought(client, HANDLER);
    assert.ok(run);
    const stack = stackAtHandler(run);
    assert.deepEqual(
      stack.map(({ file, owner }) => [path.posix.basename(file), owner]),
      [
        ['bootstrap.py', 'runtime'],
        ['bootstrap.py', 'runtime'],
        ['__main__.py', 'runtime'],
        ...Array.from({ length: 3 }, () => ['bootstrap.py', 'runtime']),
        ['lambda_function.py', 'handler'],
      ],
    );
    const notes = eventsToNotes(run.events);
    assert.deepEqual(
      notes.map(({ what, name, at }) => [what, name, at?.name]),
      [
        ['native', 'simplejson._speedups', '<module>'],
        ['inPlace', 'ThreadPoolExecutor.submit', 'take'],
      ],
    );
    const sentences = notesOfRun(run).join('\n');
    assert.match(sentences, /simplejson\/__init__\.py, line \d+/);
    assert.doesNotMatch(sentences, /\{\w+\}/);
  });

  it('starts as a module, too', async () => {
    const [run] = await runBrought(client, HANDLER, { start: 'image' });
    assert.ok(run);
    assert.equal(stackAtHandler(run)[0]?.file.endsWith('/awslambdaric/__main__.py'), true);
    assert.equal(run.outcome.status, 'returned');
  });

  it('waits where Python cannot be suspended, too', async () => {
    const runs = await runBrought(client, HANDLER, { events: ['1', '2'], waiting: 'queue' });
    assert.deepEqual(
      runs.map(({ outcome, beginning }) => [outcome.status, beginning.cold]),
      [
        ['returned', true],
        ['returned', false],
      ],
    );
  });

  it('leaves the threads of the function what they are in a browser', async () => {
    const source = `
from concurrent.futures import ThreadPoolExecutor
def lambda_handler(event, context):
    ThreadPoolExecutor(1).submit(print)
`;
    const [run] = await runBrought(client, source);
    assert.equal(run?.outcome.status, 'raised');
    assert.ok(run.events.some((event) => event.kind === 'absence' && event.what === 'threads'));
  });
});

const payloadOf = (run: RecordedRun | undefined): string =>
  run !== undefined && 'payload' in run.outcome ? run.outcome.payload : '';

const isNoTimeout = (outcome: unknown): boolean => (outcome as { status: string }).status !== 'timed-out';

describe('a brought bootstrap of 3.6', () => {
  const old = path.join(FIXTURES, 'old');

  it('answers cold, warm and with an error, and finds its handler by imp', async () => {
    const runs = await runBrought(old, HANDLER, { events: ['1', '2', '"error"'] });
    assert.deepEqual(
      runs.map(({ outcome }) => outcome.status),
      ['returned', 'returned', 'raised'],
    );
    assert.deepEqual(JSON.parse(payloadOf(runs[1])), {
      count: 2,
      event: 2,
      of: 'lab',
    });
    assert.match(eventsToLog(runs[2]?.events ?? []), /^雪: ValueError$/m);
    assert.deepEqual(
      eventsToNotes(runs[0]?.events ?? []).map(({ what, name }) => [what, name]),
      [['standIn', 'imp']],
    );
  });

  it('answers a handler that is not there by its own fault', async () => {
    const [run] = await runBrought(old, HANDLER, { handler: 'nowhere.handler' });
    assert.match(payloadOf(run), /No module named 'nowhere'/);
  });
});

describe('what a brought runtime asks for in vain', () => {
  const places = new Places();
  after(() => places.remove());

  it('is told with the frame that asked, and what can’t be compiled with its line', async () => {
    const place = await places.make({
      'awslambdaric/__init__.py': '',
      'awslambdaric/bootstrap.py': 'def f(:\n    pass\n',
      'awslambdaric/__main__.py': `
def ask(name):
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__, error)

for name in ("telnetlib", "hidden", "_fast"):
    ask(name)
import runtime_client
try:
    runtime_client.pause(1)
except AttributeError as error:
    print(error)
import awslambdaric.bootstrap
`,
      'hidden.pyc': 'x',
      '_fast.cpython-39-x86_64-linux-gnu.so': 'x',
    });
    const [run] = await runBrought(place, HANDLER);
    assert.ok(run);
    const main = '/var/lang/lib/python3.14/site-packages/awslambdaric/__main__.py';
    const notes = new Map(eventsToNotes(run.events).map(({ what, name, at }) => [what, { name, at }]));
    assert.deepEqual(notes.get('left'), { name: 'telnetlib', at: { file: main, line: 4, name: 'ask' } });
    assert.deepEqual(notes.get('compiled')?.name, 'hidden');
    assert.deepEqual(notes.get('native')?.name, '_fast');
    assert.deepEqual(notes.get('function')?.name, 'runtime_client.pause');
    assert.deepEqual(notes.get('syntax')?.at, {
      file: main.replace('__main__', 'bootstrap'),
      line: 1,
      name: '',
    });
    assert.equal(run.outcome.status, 'exited');
    assert.match(eventsToLog(run.events), /ModuleNotFoundError No module named 'telnetlib'[^]*SyntaxError/);
  });

  it('is told even where the first file can’t be compiled', async () => {
    const place = await places.make({
      'var/runtime/awslambdaric/__init__.py': '',
      'var/runtime/awslambdaric/bootstrap.py': '',
      'var/runtime/awslambdaric/__main__.py': '',
      'var/runtime/bootstrap.py': 'import os\nprint "old"\n',
    });
    const [run] = await runBrought(place, HANDLER);
    assert.deepEqual(
      eventsToNotes(run?.events ?? []).map(({ what, at }) => [what, at?.file, at?.line]),
      // The platform tries an init phase twice, each time in a process of its own.
      Array.from({ length: 2 }, () => ['syntax', '/var/runtime/bootstrap.py', 2]),
    );
    assert.equal(run?.outcome.status, 'exited');
  });

  it('runs a client whose modules lie beside its script, in no package, and owns them all', async () => {
    const place = await places.make({
      'var/runtime/bootstrap.py': `
import importlib, json, os, sys
from lambda_runtime_client import Client
def main():
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    module, name = os.environ["_HANDLER"].rsplit(".", 1)
    handler = getattr(importlib.import_module(module), name)
    client = Client(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        request, event = client.take()
        client.answer(request, handler(json.loads(event), type("Context", (), {"function_name": "flat"})))
if __name__ == "__main__":
    main()
`,
      'var/runtime/lambda_runtime_client.py': `
import http.client, json
class Client:
    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)
    def ask(self, method, path, body=None):
        self.connection.request(method, "/2018-06-01/runtime/invocation/" + path, body)
        return self.connection.getresponse()
    def take(self):
        told = self.ask("GET", "next")
        return told.headers["Lambda-Runtime-Aws-Request-Id"], told.read()
    def answer(self, request, value):
        self.ask("POST", request + "/response", json.dumps(value)).read()
`,
      'var/runtime/requests/__init__.py': '',
    });
    const runs = await runBrought(place, HANDLER, { events: ['1', '2'] });
    assert.deepEqual(
      runs.map(({ outcome }) => outcome.status),
      ['returned', 'returned'],
    );
    assert.ok(runs[0]);
    const stack = stackAtHandler(runs[0]).map(({ file, owner }) => [file, owner]);
    assert.deepEqual(stack.at(-2), ['/var/runtime/bootstrap.py', 'runtime']);
    const { found, description } = await readRuntime(place, 'flat');
    assert.deepEqual(
      [found.form, found.folder, description.starts],
      ['awslambdaric', 'var/runtime', undefined],
    );
    assert.ok(description.runtime?.includes('/var/runtime/lambda_runtime_client.py'));
    assert.ok(description.library?.includes('/var/runtime/requests/'));
  });

  it('is one sentence where there is no runtime at all', async () => {
    const place = await places.make({ 'readme.txt': 'nothing' });
    await assert.rejects(
      readRuntime(place, 'mine'),
      /^BadRuntime: --runtime mine: there is no Lambda runtime/,
    );
    await assert.rejects(
      readRuntime(path.join(place, 'readme.txt'), 'x.txt'),
      /^BadRuntime: .*cannot be opened \(none\)/,
    );
  });
});
