/** What «How long do your globals live?» claims. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keptState, type KeptState } from '../../../src/components/article/kept-state.ts';
import { countSteps } from '../../../src/components/article/step-count.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';
import type { RecordedRun } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';
import { recordedRuns, tellOf } from './example-runs.ts';

const LINE = 'The top runs.';
const COUNTING = ['{"calls": 1}', '{"calls": 2}', '{"calls": 3}'];
const STANDING = ['{"calls": 1}', '{"calls": 1}', '{"calls": 1}'];
const LAMBDAS = ['lambda-2016', 'lambda-today'];

const counter = async (platform: string, example = 'keep-the-count'): Promise<KeptState> =>
  keptState(await recordExample(example, platform), LINE);

/** Answers of one environment, run by run; null where the process had gone before. */
async function answersOf(source: string, chosen: Chosen = {}): Promise<unknown[]> {
  const environments = await runHandler(source, { events: ['{}', '{}', '{}'], ...chosen });
  assert.equal(environments.length, 1);
  return environments.flatMap(({ runs }) =>
    runs.map(({ outcome }) => (outcome.status === 'returned' ? outcome.payload : outcome)),
  );
}

/** Where in a run the first of its events is that a condition holds for. */
const placeOf = ({ events }: RecordedRun, is: (event: RecordedRun['events'][number]) => boolean): number => {
  const place = events.findIndex(is);
  assert.notEqual(place, -1);
  return place;
};

const placeOfImport = (run: RecordedRun): number =>
  placeOf(run, (event) => event.kind === 'call' && event.owner === 'handler' && event.name === '<module>');

describe('a counter that is called three times', () => {
  // Claims: counter-goes-on, top-runs-once
  it('goes on in one process on Lambda, then and now, and the top of its file runs once, in the first run', async () => {
    for (const platform of LAMBDAS) {
      const file = 'lambda_function.py';
      assert.deepEqual(await counter(platform), { file, answers: COUNTING, processes: 1, tops: 1 });
      const logs = (await recordedRuns('keep-the-count', platform)).map((run) => tellOf(run).log);
      assert.deepEqual(
        logs.map((log) => log.includes(LINE)),
        [true, false, false],
      );
    }
  });

  // Claims: each-environment-counts-alone
  it('begins at one in every environment', async () => {
    const source = `calls = 0
def lambda_handler(event, context):
    global calls
    calls += 1
    return calls
`;
    const both = await Promise.all([answersOf(source), answersOf(source)]);
    assert.deepEqual(both, [
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]);
  });

  // Claims: default-begins-anew
  it('begins anew at every call in the default format of IronFunctions, and goes on in the http format', async () => {
    const file = 'lambda_function.py';
    assert.deepEqual(await counter('ironfunctions-default'), {
      file,
      answers: STANDING,
      processes: 3,
      tops: 3,
    });
    assert.deepEqual(await counter('ironfunctions-http'), { file, answers: COUNTING, processes: 1, tops: 1 });
  });

  // Claims: source-runs-anew, imported-module-is-kept
  it('stands still in the source of an older OpenWhisk action, and goes on in a module beside it', async () => {
    assert.deepEqual(await counter('openwhisk-flask', 'count-in-one-file'), {
      file: '__main__.py',
      answers: STANDING,
      processes: 1,
      tops: 3,
    });
    assert.deepEqual(await counter('openwhisk-flask'), {
      file: 'lambda_function.py',
      answers: COUNTING,
      processes: 1,
      tops: 1,
    });
    for (const example of ['keep-the-count', 'count-in-one-file']) {
      const { answers, processes, tops } = await counter('openwhisk-actionloop', example);
      assert.deepEqual({ answers, processes, tops }, { answers: COUNTING, processes: 1, tops: 1 });
    }
  });

  // Claims: namespace-is-kept
  it('goes on there when it looks for its old value, as it does elsewhere', async () => {
    const source = `calls = globals().get('calls', 0)
def main(params):
    global calls
    calls += 1
    return {'calls': calls}
`;
    for (const platform of ['openwhisk-flask', 'openwhisk-actionloop'])
      assert.deepEqual(await answersOf(source, { platform, file: '__main__.py', handler: 'main' }), COUNTING);
  });

  // Claims: default-value-is-kept
  it('can be a list that is the default of a parameter', async () => {
    const source = `def lambda_handler(event, context, seen=[]):
    seen.append(event)
    return len(seen)
`;
    assert.deepEqual(await answersOf(source), ['1', '2', '3']);
  });
});

describe('the start', () => {
  // Claims: put-off-moves-the-import
  it('of 2016 leaves the import to the first event when it is told to', async () => {
    const [first] = await recordedRuns('put-off-the-start');
    assert.ok(first);
    const arrives = placeOf(first, (event) => event.kind === 'phase' && event.phase === 'invoke');
    const called = placeOf(first, (event) => event.kind === 'call' && event.name === 'lambda_handler');
    assert.ok(arrives < placeOfImport(first) && placeOfImport(first) < called);
    const [usual] = await recordedRuns('prepare-outside');
    assert.ok(usual);
    assert.ok(
      placeOfImport(usual) < placeOf(usual, (event) => event.kind === 'phase' && event.phase === 'invoke'),
    );
  });

  // Claims: asking-ends-the-start
  it('of today is over when the runtime asks for its first invocation', async () => {
    const [first] = await recordedRuns('keep-the-count', 'lambda-today');
    assert.ok(first);
    const asks = placeOf(
      first,
      (event) => event.kind === 'message' && event.what.endsWith('invocation/next'),
    );
    const left = placeOf(first, (event) => event.kind === 'return' && event.frame === moduleFrame(first));
    assert.ok(left < asks);
  });

  // Claims: init-is-told-once
  it('of today has its field in the log of a cold start alone, and had none in 2016', async () => {
    const told = async (platform: string): Promise<boolean[]> =>
      (await recordedRuns('keep-the-count', platform)).map((run) =>
        tellOf(run).log.includes('Init Duration'),
      );
    assert.deepEqual(await told('lambda-today'), [true, false, false]);
    assert.deepEqual(await told('lambda-2016'), [false, false, false]);
  });

  // Claims: init-is-billed
  it('of today is charged with the first invocation, both rounded up together', async () => {
    const logs = (await recordedRuns('keep-the-count', 'lambda-today')).map((run) => tellOf(run).log);
    for (const [index, log] of logs.entries()) {
      const numberOf = (name: string): number =>
        Number(new RegExp(String.raw`\t${name}: ([\d.]+) ms`).exec(log)?.[1] ?? 0);
      const init = numberOf('Init Duration');
      assert.equal(init > 0, index === 0);
      assert.equal(numberOf('Billed Duration'), Math.ceil(numberOf('Duration') + init));
    }
  });
});

describe('managed instances', () => {
  // Claims: managed-globals-apart, managed-tmp-shared
  it('count in each process, and write to one /tmp', async () => {
    const runs = await recordedRuns('count-in-two-processes', 'lambda-today');
    assert.deepEqual(
      runs.map(({ outcome }) =>
        outcome.status === 'returned' ? (JSON.parse(outcome.payload) as unknown) : outcome,
      ),
      [
        { 'calls of this process': 1, 'seen by all': 'a' },
        { 'calls of this process': 1, 'seen by all': 'ab' },
        { 'calls of this process': 2, 'seen by all': 'abc' },
      ],
    );
    assert.deepEqual(
      runs.map((run) => tellOf(run).log.includes('imported')),
      [true, true, false],
    );
  });
});

describe('work of the function’s own', () => {
  const stepsOf = async (example: string, platform: string): Promise<number[]> => {
    const { runs } = await recordExample(example, platform);
    return [
      countSteps(runs, 1, { part: 'start', owner: 'handler' }),
      countSteps(runs, 1, { part: 'invocation', owner: 'handler' }),
      countSteps(runs, 2, { part: 'invocation', owner: 'handler' }),
    ];
  };

  // Claims: outside-pays-once, inside-pays-every-time, put-off-pays-in-first
  it('is done before any event, in each, or in the first', async () => {
    for (const platform of LAMBDAS) {
      const [start = 0, first = 0, second = 0] = await stepsOf('prepare-outside', platform);
      const [bare = 0, each = 0, again = 0] = await stepsOf('prepare-inside', platform);
      assert.ok(start > bare && first === second && each === again && each > first + bare);
    }
    const [before = 0, first = 0, second = 0] = await stepsOf('put-off-the-start', 'lambda-2016');
    const [start = 0, usual = 0] = await stepsOf('prepare-outside', 'lambda-2016');
    assert.deepEqual([before, first, second], [0, start + usual, usual]);
  });
});

/** The frame of the file's top level. */
function moduleFrame(run: RecordedRun): number {
  const event = run.events[placeOfImport(run)];
  assert.ok(event?.kind === 'call');
  return event.frame;
}
