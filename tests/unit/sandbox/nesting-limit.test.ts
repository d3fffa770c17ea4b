/** What is nested without end, in the Python that readers meet: neither writing it out nor letting go of it breaks it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runHandler } from '../run-handler.ts';

const HELPERS = `def after(error, cause):
    error.__context__ = cause or None
    return error

def hold(inner):
    yield inner

def begin(inner):
    made = hold(inner)
    next(made)
    return made

`;

async function answersOf(lines: readonly string[]): Promise<unknown[]> {
  const body = lines.map((line) => `    ${line}\n`).join('');
  const source = `import collections, itertools, types\nclass Node: pass\n${HELPERS}def lambda_handler(event, context):\n${body}`;
  const [environment] = await runHandler(source, {
    platform: 'lambda-today',
    events: ['1', '2'],
    limits: { events: 0, output: 1000 },
  });
  return (environment?.runs ?? []).map(({ outcome }) =>
    outcome.status === 'returned' ? (JSON.parse(outcome.payload) as unknown) : outcome,
  );
}

const NEST = (inner: string, depth: number): string[] => [
  'thing = []',
  `for _ in range(${String(depth)}): thing = ${inner}`,
];
/** Where each level takes much of the stack, that is full first. */
const WRITTEN =
  /^(?:maximum recursion depth exceeded|Stack overflow \(used \d+ kB\)) while getting the repr of an object$/;

describe('a value that is nested', () => {
  it('without end is written out and compared to a RecursionError, and the process goes on', async () => {
    const lines = [
      'found = []',
      'for wrap in [lambda x: [x], lambda x: (x, 1), lambda x: {"k": x}, lambda x: collections.deque([x]),',
      '             lambda x: types.SimpleNamespace(x=x), lambda x: {"k": (x,)}]:',
      '    thing, other = [], []',
      '    for _ in range(70000): thing, other = wrap(thing), wrap(other)',
      '    for ask in repr, "{}".format, lambda x: f"{x}":',
      '        try: found.append(len(ask(thing)))',
      '        except RecursionError as error: found.append(str(error))',
      'try: found.append(thing == other)',
      'except RecursionError as error: found.append(str(error))',
      'return found',
    ];
    const answers = (await answersOf(lines)) as string[][];
    assert.equal(answers.length, 2);
    for (const answer of answers) {
      assert.equal(answer.length, 19);
      assert.equal(answer.pop(), 'maximum recursion depth exceeded in comparison');
      for (const text of answer) assert.match(text, WRITTEN);
    }
  });

  it('some thousand times less is written out whole', async () => {
    const lines = [...NEST('[thing]', 1400), 'return [len(repr(thing)), repr(thing)[:3]]'];
    assert.deepEqual(await answersOf(lines), [
      [2802, '[[['],
      [2802, '[[['],
    ]);
  });

  it('is let go of, be it a chain of objects', async () => {
    const lines = [
      'node = None',
      'for _ in range(90000):',
      '    last, node = node, Node()',
      '    node.next = last',
      'node = last = None',
      ...NEST('(thing, {1: thing})', 90_000),
      'thing = None',
      // What few think of: errors and their traces, generators, iterators, bound functions, functions in functions.
      ...NEST('after(ValueError(), thing)', 90_000),
      ...NEST('begin(thing)', 90_000),
      ...NEST('map(abs, iter(())) if not thing else map(abs, thing)', 90_000),
      ...NEST('itertools.chain(thing)', 90_000),
      ...NEST('types.MethodType(len, thing)', 90_000),
      ...NEST('(lambda thing: lambda: thing)(thing)', 90_000),
      ...NEST('property(thing)', 90_000),
      ...NEST('slice(thing)', 90_000),
      'thing = None',
      'return "gone"',
    ];
    assert.deepEqual(await answersOf(lines), ['gone', 'gone']);
  });
});
