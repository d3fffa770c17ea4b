import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { environmentsToJson } from '../../../scripts/invoke-report.ts';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import { chooseStart } from '../../../src/platforms/description.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

const LIMITS = { events: 2000, output: 100_000 };

const run = (source: string, chosen: Chosen = {}): Promise<EnvironmentRecord[]> =>
  runHandler(source, { platform: 'lambda-today', limits: LIMITS, ...chosen });

/** Prints its stack, and puts every file of the runtime into a bucket: as the post of 2016 did. */
const DUMP = `import os
import traceback

import boto3

runs = 0


def lambda_handler(event, context):
    global runs
    runs += 1
    traceback.print_stack()
    packages = os.path.dirname(os.path.dirname(boto3.__file__))
    for folder in {os.environ["LAMBDA_RUNTIME_DIR"], packages}:
        for place, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(place, name)
                with open(path, "rb") as file:
                    boto3.resource("s3").Object("dump", path).put(Body=file)
    return {"run": runs, "event": event, "handler": __name__}
`;

describe('the same handler', () => {
  for (const platform of ['lambda-2016', 'lambda-today']) {
    it(`runs on ${platform}, prints that platform's frames, and dumps its files`, async () => {
      const [environment] = await run(DUMP, { platform, events: ['1', '2'] });
      const image = contentsToFiles((await readPlatform(platform)).files);
      assert.deepEqual(
        environment?.runs.map(({ outcome }) => outcome),
        [1, 2].map((n) => ({
          status: 'returned',
          payload: `{"run": ${String(n)}, "event": ${String(n)}, "handler": "lambda_function"}`,
        })),
      );
      const dumped = environment.objects.dump?.objects ?? {};
      assert.deepEqual(Object.keys(dumped).sort(), Object.keys(image).sort());
      for (const [file, content] of Object.entries(image))
        assert.deepEqual(Buffer.from(dumped[file]?.bytes ?? ''), Buffer.from(content), file);
      const text = (file: string): string => Buffer.from(dumped[file]?.bytes ?? DUMP).toString();
      const log = environmentsToJson([environment])[0]?.invocations[0]?.log ?? '';
      const frames = [...log.matchAll(/ {2}File "(.*)", line (\d+), in (.*)\n {4}(.*)\n/g)];
      for (const [, file = '', line, , source] of frames)
        assert.equal(text(file).split('\n')[Number(line) - 1]?.trim(), source);
      assert.deepEqual(
        frames.map(([, file, , name]) => [file, name]),
        [...(FRAMES[platform] ?? []), ['/var/task/lambda_function.py', 'lambda_handler']],
      );
    });
  }
});

const FRAMES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'lambda-2016': [
    ['/var/runtime/awslambda/bootstrap.py', '<module>'],
    ['/var/runtime/awslambda/bootstrap.py', 'main'],
    ['/var/runtime/awslambda/bootstrap.py', 'handle_event_request'],
  ],
  'lambda-today': [
    ['/var/runtime/bootstrap.py', '<module>'],
    ['/var/runtime/bootstrap.py', 'main'],
    ['/var/lang/lib/python3.14/site-packages/awslambdaric/__main__.py', 'main'],
    ['/var/lang/lib/python3.14/site-packages/awslambdaric/bootstrap.py', 'run'],
    ['/var/lang/lib/python3.14/site-packages/awslambdaric/bootstrap.py', 'handle_event_request'],
  ],
};

describe('a run of today', () => {
  const COUNTER =
    'n = 0\nprint("init")\ndef lambda_handler(event, context):\n    global n\n    n += 1\n    print("call", n)\n    if event == 2: raise ValueError(n)\n    return n\n';

  it('is the same whether Python waits or is given the whole queue', async () => {
    const events = ['1', '2', '3'];
    const [suspended, queued] = [
      await run(COUNTER, { events }),
      await run(COUNTER, { events, waiting: 'queue' }),
    ];
    assert.deepEqual(queued, suspended);
    assert.deepEqual(
      suspended.flatMap(({ runs }) => runs.map(({ outcome }) => outcome.status)),
      ['returned', 'raised', 'returned'],
    );
    const phases = suspended.flatMap(({ runs }) =>
      runs.flatMap(({ events: all }) =>
        all.flatMap((event) => (event.kind === 'phase' ? [event.phase] : [])),
      ),
    );
    assert.deepEqual(phases, [
      'init',
      ...['respond', 'report-error', 'respond'].flatMap((end) => ['wait', 'invoke', end]),
    ]);
  });

  it('keeps output in its place among the lines that ran', async () => {
    const [environment] = await run(COUNTER);
    const events = environment?.runs[0]?.events ?? [];
    const printed = events.findIndex((event) => event.kind === 'output' && event.text === 'call');
    const handler = events.find((event) => event.kind === 'call' && event.name === 'lambda_handler');
    const frame = handler?.kind === 'call' ? handler.frame : null;
    const before = events
      .slice(0, printed)
      .findLast((event) => event.kind === 'line' && event.frame === frame);
    const source = COUNTER.split('\n');
    assert.equal(before?.kind === 'line' ? source[before.line - 1]?.trim() : '', 'print("call", n)');
  });

  it('may start as an image does', async () => {
    const [environment] = await run(
      'import sys\ndef lambda_handler(event, context):\n    return [sys.argv, sys.path[0], sys.executable]\n',
      { start: 'image' },
    );
    assert.deepEqual(environment?.runs[0]?.outcome, {
      status: 'returned',
      payload:
        '[["/var/lang/lib/python3.14/site-packages/awslambdaric/__main__.py", "lambda_function.lambda_handler"], "/var/task", "/var/lang/bin/python3.14"]',
    });
    assert.throws(
      () => chooseStart({ platform: 'x' } as never, 'image'),
      /^RangeError: x has no start named image$/,
    );
  });

  it('that fails in its init phase tells the error apart', async () => {
    const environments = await run('print("loading")\nimport not_here\n', { events: ['1', '2'] });
    const told = environmentsToJson(environments);
    assert.equal(told.length, 2);
    for (const [index, { init, invocations, exit }] of told.entries()) {
      assert.equal(exit, 1);
      // In the environment that is new the platform tries twice.
      const tries = index === 0 ? 2 : 1;
      const told = /^loading\n\[WARNING\]\t.*\r\n\[ERROR\] Runtime\.ImportModuleError: [^]*?^INIT_REPORT /gm;
      assert.equal(init.log.match(told)?.length, tries);
      assert.equal(init.log.startsWith('INIT_START '), index === 0);
      assert.match(init.error ?? '', /^\{"errorMessage": "Unable to import module 'lambda_function'/);
      assert.deepEqual(
        invocations.map(({ outcome, error }) => [outcome, error]),
        [['exited', init.error]],
      );
    }
  });

  it('can write to /tmp, and not to its task or to the runtime', async () => {
    const [environment] = await run(`import os
def attempt(change, *args):
    try:
        change(*args)
    except OSError as error:
        return error.strerror

def lambda_handler(event, context):
    own, new = "/var/task/lambda_function.py", "/var/task/new"
    return [
        attempt(open, new, "w"), attempt(open, own, "a"), attempt(open, own, "r+"), attempt(os.remove, own),
        attempt(os.rename, own, new), attempt(os.mkdir, new), attempt(os.chmod, own, 0o777),
        attempt(open, "/var/lang/lib/python3.14/site-packages/awslambdaric/bootstrap.py", "w"), attempt(os.symlink, "/tmp", new),
        attempt(open, own), attempt(open, "/tmp/new", "w"), os.listdir("/var/task"),
    ]
`);
    const refused = Array.from({ length: 9 }, () => 'Read-only file system');
    const outcome = environment?.runs[0]?.outcome;
    assert.deepEqual(outcome?.status === 'returned' ? JSON.parse(outcome.payload) : outcome, [
      ...refused,
      null,
      null,
      ['lambda_function.py'],
    ]);
  });

  it('that prints a million lines is cut, and answers', async () => {
    const [environment] = await run(
      'def lambda_handler(event, context):\n    for n in range(1_000_000): print(n)\n    return "done"\n',
      // Each of them moves the simulated clock.
      { timeout: 900_000 },
    );
    assert.deepEqual(environment?.runs[0]?.outcome, { status: 'returned', payload: '"done"' });
    assert.deepEqual(
      environment.runs[0].events.filter((event) => event.kind === 'cut' && event.what === 'output').length,
      1,
    );
  });
});
