/** What «Who called my handler?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { record } from '../../../src/integrations/recordings.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { framesIn, runExample, tellOf } from './example-runs.ts';

const EXAMPLE = 'print-the-stack';
const SCRIPT = '/var/runtime/awslambda/bootstrap.py';
const FRAMES = [
  '<module> (bootstrap.py)',
  'main (bootstrap.py)',
  'handle_event_request (bootstrap.py)',
  'lambda_handler (lambda_function.py)',
];

const logOf = async (source: string): Promise<string> => {
  const [run] = await runExample(EXAMPLE, { source });
  assert.ok(run);
  return tellOf(run).log;
};

describe('the handler that prints its stack', () => {
  // Claims: bootstrap-is-the-program
  it('runs in a process whose program is the script', async () => {
    const log = await logOf(
      `import sys\ndef lambda_handler(event, context):\n    print(sys.modules['__main__'].__file__, __name__)\n`,
    );
    assert.match(log, new RegExp(`^${SCRIPT} lambda_function$`, 'm'));
  });

  // Claims: result-becomes-json, warm-frames-are-the-cold-ones
  it('answers null, and prints the same frames in the same lines when it is warm', async () => {
    const [cold, warm] = (await runExample(EXAMPLE, { events: ['{}', '{}'] })).map(tellOf);
    assert.ok(cold && warm);
    assert.deepEqual([cold.cold, warm.cold], [true, false]);
    assert.deepEqual(framesIn(cold.log), FRAMES);
    const withoutIds = (log: string): string => log.replaceAll(/RequestId: \S+|Duration: [\d.]+ ms/g, '');
    assert.equal(withoutIds(warm.log), withoutIds(cold.log));
    assert.deepEqual(cold.outcome, { status: 'returned', payload: 'null' });
  });

  // Claims: globals-live-on
  it('finds its globals as the run before left them', async () => {
    const source = 'calls = []\ndef lambda_handler(event, context):\n    calls.append(event)\n    return calls\n';
    const runs = await runExample(EXAMPLE, { source, events: ['1', '2'] });
    assert.deepEqual(
      runs.map(({ outcome }) => outcome),
      [
        { status: 'returned', payload: '[1]' },
        { status: 'returned', payload: '[1, 2]' },
      ],
    );
  });

  // Claims: platform-writes-start-and-end, print-stack-writes-stderr
  it('prints to standard error, between lines of the platform that the script does not hold', async () => {
    const [run] = await runExample(EXAMPLE);
    const written = run?.events.flatMap((event) => (event.kind === 'output' ? [event] : [])) ?? [];
    const by = (stream: string): string =>
      written.flatMap((event) => (event.stream === stream ? [event.text] : [])).join('');
    assert.match(by('platform'), /^START RequestId: .*\nEND RequestId: .*\nREPORT RequestId: .*\n$/);
    assert.deepEqual(framesIn(by('stderr')), FRAMES);
    assert.equal(by('stdout'), '');
    const script = await readFile(`src/images/lambda-2016${SCRIPT}`, 'utf8');
    assert.doesNotMatch(script, /\b(?:START|END|REPORT) RequestId/);
  });

  // Claims: script-replaces-both-streams
  it('writes to files of the script', async () => {
    const log = await logOf(
      `import sys\ndef lambda_handler(event, context):\n    print(type(sys.stdout).__module__, type(sys.stderr).__module__)\n`,
    );
    assert.match(log, /^__main__ __main__$/m);
  });

  // Claims: missing-file-prints-no-line
  it('prints no source line for a file that is not there', async () => {
    const log = await logOf(
      `import traceback\nexec(compile('def lambda_handler(event, context):\\n    traceback.print_stack()\\n', '/nowhere/else.py', 'exec'))\n`,
    );
    assert.match(log, / {2}File "\/nowhere\/else\.py", line 2, in lambda_handler\nEND /);
  });

  // Claims: top-level-runs-under-the-import
  it('prints frames of an import, once, when the statement stands at the top level', async () => {
    const source = 'import traceback\n\ntraceback.print_stack()\n\ndef lambda_handler(event, context):\n    return\n';
    const [cold, warm] = (await runExample(EXAMPLE, { source, events: ['{}', '{}'] })).map(tellOf);
    const frames = framesIn(cold?.log ?? '');
    assert.deepEqual(frames.slice(0, 3), [
      '<module> (bootstrap.py)',
      'main (bootstrap.py)',
      '_get_handlers (bootstrap.py)',
    ]);
    assert.equal(frames.at(-1), '<module> (lambda_function.py)');
    assert.ok(frames.some((frame) => frame.startsWith('import_module ')));
    assert.ok(!frames.some((frame) => frame.startsWith('handle_event_request ')));
    assert.deepEqual(framesIn(warm?.log ?? ''), []);
  });
});

describe('the same handler elsewhere', () => {
  // Claims: sourceless-frame-reads-as-published
  it('has the published last frame when it was compiled on the author’s computer', async () => {
    const recording = (await record()).find(({ example }) => example === 'sourceless-pyc');
    const log = eventsToLog(recording?.runs[0]?.events ?? []);
    const published = /<Quoted source="post">.*?^( {2}File "\/Users\/[^\n]*\n)END/ms.exec(
      await readFile('content/articles/en/who-called-me.mdx', 'utf8'),
    )?.[1];
    assert.ok(published);
    assert.ok(log.includes(`${published}END `), log);
  });

  // Claims: today-starts-a-script-too
  it('is called by a function of the same name, at the end of a row that begins with a script', async () => {
    const [run] = await runExample(EXAMPLE, { platform: 'lambda-today' });
    assert.ok(run);
    const frames = framesIn(tellOf(run).log);
    assert.equal(frames[0], '<module> (bootstrap.py)');
    assert.deepEqual(frames.slice(-2), [
      'handle_event_request (bootstrap.py)',
      'lambda_handler (lambda_function.py)',
    ]);
  });
});
