/** What is nested without end, in the Python that readers meet: neither writing it out nor letting go of it breaks it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runHandler } from '../run-handler.ts';

async function answersOf(lines: readonly string[]): Promise<unknown[]> {
  const body = lines.map((line) => `    ${line}\n`).join('');
  const source = `import collections, types\nclass Node: pass\ndef lambda_handler(event, context):\n${body}`;
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
const WRITTEN = 'maximum recursion depth exceeded while getting the repr of an object';

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
    const once = [...Array<string>(18).fill(WRITTEN), 'maximum recursion depth exceeded in comparison'];
    assert.deepEqual(await answersOf(lines), [once, once]);
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
      'return "gone"',
    ];
    assert.deepEqual(await answersOf(lines), ['gone', 'gone']);
  });
});
