import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exerciseFileSchema, type Fact } from '../../../src/exercise/exercise-schema.ts';
import type { AttemptedRun } from '../../../src/exercise/attempted-run.ts';
import { judge, type Verdict } from '../../../src/exercise/judge.ts';
import { checkText } from '../../../src/integrations/checked-json.ts';
import type { Outcome, TraceEvent } from '../../../src/trace/format.ts';

const HANDLER = '/var/task/lambda_function.py';

const call = (frame: number, name: string, caller: number | null = null, source = HANDLER): TraceEvent => ({
  kind: 'call',
  frame,
  caller,
  source,
  line: 1,
  name,
  owner: source === HANDLER ? 'handler' : 'runtime',
  locals: {},
});
const print = (text: string): TraceEvent => ({ kind: 'output', stream: 'stdout', text });
const returned = (payload: string): Outcome => ({ status: 'returned', payload });

const run = (
  events: readonly TraceEvent[],
  ending: AttemptedRun['ending'] = returned('1'),
  cold = true,
): AttemptedRun => ({ beginning: { cold }, events, ending, blobs: {} });

const EXERCISE = { mayEnd: ['returned'] as ['returned'] };
const text = { en: 'a', ja: 'あ' };

function verdictOf(is: Fact, runs: readonly AttemptedRun[], count = runs.length): Verdict | undefined {
  const statements = [{ says: text, notYet: text, is }];
  return judge({ ...EXERCISE, statements }, runs, count)[0];
}

const holds = (is: Fact, ...runs: readonly AttemptedRun[]): boolean => verdictOf(is, runs)?.is === 'true';

describe('a statement over the record of runs', () => {
  it('counts how often a function is called, by its name, its file, its caller and what it is within', () => {
    const one = run([
      { kind: 'phase', phase: 'init', request: null },
      call(1, 'main', null, '/var/runtime/bootstrap.py'),
      call(2, 'load', 1),
      { kind: 'return', frame: 2, value: 'None' },
      { kind: 'phase', phase: 'invoke', request: 'a' },
      call(3, 'lambda_handler', 1),
      call(4, 'load', 3),
      { kind: 'return', frame: 4, value: '1' },
      { kind: 'return', frame: 3, value: '1' },
    ]);
    assert.ok(holds({ happens: { call: { function: 'load' } }, times: 2 }, one));
    assert.ok(holds({ happens: { call: { function: 'load' }, during: 'init' }, times: 1 }, one));
    assert.ok(
      holds({ happens: { call: { function: 'load' }, from: { function: 'lambda_handler' } }, times: 1 }, one),
    );
    assert.ok(
      holds({ happens: { call: { function: 'load' }, within: { file: 'bootstrap.py' } }, times: 2 }, one),
    );
    assert.ok(!holds({ happens: { call: { function: 'load' } }, times: { most: 1 } }, one));
    assert.ok(holds({ happens: { return: { function: 'load' }, value: { is: 'None' } } }, one));
    assert.ok(!holds({ happens: { call: { function: 'load', file: 'other.py' } } }, one));
  });

  it('counts over all runs together unless it names one', () => {
    const runs = [run([call(1, 'load')]), run([call(2, 'load')], returned('1'), false)];
    assert.ok(holds({ happens: { call: { function: 'load' } }, times: 2 }, ...runs));
    assert.ok(holds({ happens: { call: { function: 'load' } }, times: 1, run: 2 }, ...runs));
  });

  it('reads whole lines, however they come, and not the platform’s', () => {
    const one = run([
      print('a'),
      { kind: 'output', stream: 'platform', text: 'START\n' },
      print('b\nsecond\nlast'),
    ]);
    for (const is of ['ab', 'second', 'last'])
      assert.ok(holds({ happens: { line: { is } }, times: 1 }, one), is);
    assert.ok(!holds({ happens: { line: { has: 'START' } } }, one));
    assert.ok(holds({ happens: { line: { is: 'START' }, stream: 'platform' } }, one));
  });

  it('compares answers as JSON, of one run or of each', () => {
    const runs = [run([], returned('{"a":1,"b":[2]}')), run([], returned('3'))];
    assert.ok(holds({ answers: { b: [2], a: 1 }, run: 1 }, ...runs));
    assert.ok(!holds({ answers: 3 }, ...runs));
    assert.ok(holds({ not: { answers: 4, run: 2 } }, ...runs));
  });

  it('tells which of two comes first, and that a run is warm', () => {
    const runs = [run([call(1, 'one'), call(2, 'two')]), run([], returned('1'), false)];
    assert.ok(
      holds({ happens: { call: { function: 'one' } }, before: { call: { function: 'two' } } }, ...runs),
    );
    assert.ok(
      !holds({ happens: { call: { function: 'two' } }, before: { call: { function: 'one' } } }, ...runs),
    );
    assert.ok(
      !holds({ happens: { call: { function: 'no' } }, before: { call: { function: 'one' } } }, ...runs),
    );
    assert.ok(holds({ warm: 2 }, ...runs));
    assert.ok(!holds({ warm: 1 }, ...runs));
  });

  it('knows what is left: files until another environment begins, objects beyond it', () => {
    const blobs = { b: new TextEncoder().encode('text') };
    const writes: AttemptedRun = {
      ...run([
        { kind: 'file', path: '/tmp/a', size: 4, blob: 'b' },
        { kind: 'object', bucket: 'k', key: 'o', size: 4, blob: 'b', about: null },
      ]),
      blobs,
    };
    const file: Fact = { leaves: { file: '/tmp/a' }, text: { has: 'ex' } };
    assert.ok(holds(file, writes, run([], returned('1'), false)));
    assert.ok(!holds(file, writes, run([])));
    assert.ok(holds({ leaves: { object: 'o' } }, writes, run([])));
    assert.ok(
      !holds(
        { leaves: { file: '/tmp/a' } },
        writes,
        run([{ kind: 'file', path: '/tmp/a', size: null, blob: null }], returned('1'), false),
      ),
    );
  });

  it('leads to the call that is one too many', () => {
    const runs = [
      run([call(1, 'load')]),
      run([print('x'), call(2, 'other'), call(3, 'load')], returned('1'), false),
    ];
    assert.deepEqual(verdictOf({ happens: { call: { function: 'load' } }, times: 1 }, runs), {
      is: 'not-yet',
      look: { run: 2, step: 2 },
    });
  });

  it('is not checked where the record is not whole, or not of the kind that is asked for', () => {
    const always: Fact = { happens: { line: { is: 'x' } }, times: 0 };
    const reasonOf = (ending: AttemptedRun['ending'], events: readonly TraceEvent[] = []): unknown => {
      const verdict = verdictOf(always, [run(events, ending)]);
      return verdict?.is === 'unchecked' ? verdict.reason : verdict;
    };
    assert.deepEqual(reasonOf({ status: 'stopped' }), { why: 'stopped', run: 1 });
    assert.deepEqual(reasonOf({ status: 'crashed', message: '' }), { why: 'crashed', run: 1 });
    assert.deepEqual(reasonOf({ status: 'limited', by: 'memory' }), { why: 'limited', run: 1 });
    assert.deepEqual(reasonOf({ status: 'timed-out', milliseconds: 1, payload: '' }), {
      why: 'timed-out',
      run: 1,
    });
    assert.deepEqual(reasonOf({ status: 'exited', code: 1, payload: '' }), {
      why: 'exited',
      run: 1,
      error: '',
    });
    assert.deepEqual(
      reasonOf({ status: 'raised', payload: '{"errorType":"NameError","errorMessage":"name"}' }),
      { why: 'raised', run: 1, error: 'NameError: name' },
    );
    assert.deepEqual(reasonOf(returned('1'), [{ kind: 'cut', what: 'events', limit: 9 }]), {
      why: 'cut',
      run: 1,
    });
    // The runtime had its answer, and the record still stands in the handler: the tracing was switched off.
    const inside = [call(1, 'main', null, '/var/runtime/bootstrap.py'), call(2, 'lambda_handler', 1)];
    assert.deepEqual(reasonOf(returned('1'), inside), { why: 'cut', run: 1 });
    assert.deepEqual(verdictOf(always, [run([])], 2), { is: 'unchecked', reason: { why: 'not-run' } });
  });
});

describe('the file of an exercise', () => {
  const file = (change: object): string =>
    JSON.stringify({
      article: 'a',
      example: 'e',
      platform: 'p',
      task: text,
      statements: [
        { says: text, notYet: text, is: { answers: 1 } },
        { says: text, notYet: text, is: { ends: 'returned' } },
      ],
      why: text,
      ...change,
    });

  it('is told in sentences what is wrong with it', () => {
    const faultOf = (change: object): string => {
      try {
        checkText(file(change), 'x.json', exerciseFileSchema);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const statement = (is: object): object => ({
      statements: [
        { says: text, notYet: text, is },
        { says: text, notYet: text, is },
      ],
    });
    assert.equal(faultOf({}), '');
    assert.match(
      faultOf({ tasks: text }),
      /^x\.json: there is no key "tasks"; did you mean "task"\?|^x\.json: there is no key "tasks"/,
    );
    assert.match(faultOf({ statements: [] }), /statements/);
    assert.notEqual(faultOf(statement({ warm: 'two' })), '');
    assert.notEqual(faultOf(statement({ warm: 1 })), '');
    assert.match(faultOf(statement({ not: { answers: 1, run: 7 } })), /names run 7, and an attempt has 1/);
    assert.match(
      faultOf(statement({ happens: { line: { is: 'a' } }, times: { least: 3, most: 1 } })),
      /asks for more than it allows/,
    );
    assert.notEqual(faultOf(statement({ happens: { calls: {} } })), '');
    assert.notEqual(faultOf(statement({ happens: { line: {} } })), '');
    assert.notEqual(faultOf(statement({ contains: 'text of the source' })), '');
  });
});
