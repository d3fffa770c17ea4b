import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstStatement, linesAround, stepToView, textsOf } from '../../../src/trace/stop-view.ts';
import type { Outcome, TraceEvent } from '../../../src/trace/format.ts';
import { Replay } from '../../../src/trace/replay.ts';

const MODULE =
  '# Licence\n"""What it does.\n\nIn three lines.\n"""\n\nimport json\n\n\ndef handler(event, context):\n    return 1\n';

const events: readonly TraceEvent[] = [
  {
    kind: 'call',
    frame: 1,
    caller: null,
    source: '/f.py',
    line: 1,
    name: '<module>',
    owner: 'handler',
    locals: {},
  },
  { kind: 'return', frame: 1, value: '1' },
] as const;

const returned = { status: 'returned', payload: '1' } as Outcome;
const viewOf = (step: number, outcome = returned, kind: 'single' | 'reset' = 'single') =>
  stepToView(outcome, kind, new Replay({ events }), step, (path) => (path === '/f.py' ? MODULE : null));

test('a module is entered at its first line that does something', () => {
  assert.equal(firstStatement(MODULE, 1), 7);
  assert.equal(firstStatement('"""One line."""\nx = 1\n', 1), 2);
  assert.equal(firstStatement("r'''\ntext\n'''\n# more\nx = 1\n", 1), 5);
  assert.equal(firstStatement('"a docstring"\n\nx = 1\n', 1), 3);
  assert.equal(firstStatement('x = """a\nb"""\n', 1), 1, 'a value is no docstring');
  assert.equal(firstStatement('# nothing else\n', 1), 1);
  const view = viewOf(1);
  assert.deepEqual(view.frames, [{ name: '<module>', source: '/f.py', line: 7, owner: 'handler' }]);
  assert.equal(view.text, MODULE);
  assert.equal(view.note, null);
});

test('a value passes where a frame is left, and the end has no frames', () => {
  assert.deepEqual(viewOf(2).note, { kind: 'value', text: '1' });
  const end = viewOf(3);
  assert.deepEqual(end.frames, []);
  assert.deepEqual(end.end, { outcome: returned, answer: '1', life: 'alive' });
});

test('what becomes of the environment is told by how the run ended, and by the platform', () => {
  const timedOut = { status: 'timed-out', milliseconds: 3000, payload: '{}' } as unknown as Outcome;
  assert.equal(viewOf(3, timedOut, 'reset').end?.life, 'reset');
  assert.equal(viewOf(3, timedOut).end?.life, 'gone');
});

test('lines around one: more after it than before, no empty ends, no shared indent', () => {
  const text = 'a\n\n    b\n        c\n\n    d\n';
  assert.deepEqual(linesAround(text, 4, 3), { first: 4, lines: ['    c', '', 'd'] });
  assert.deepEqual(linesAround(text, 1, 2), { first: 1, lines: ['a'] });
  assert.deepEqual(linesAround(text, 6, 9), { first: 1, lines: text.trimEnd().split('\n') });
});

test('a recording’s own texts go before the platform’s; what is neither has none', () => {
  const read = textsOf(
    {
      task: { '/var/task/f.py': { text: 'mine' }, '/var/task/f.pyc': { base64: '' } },
      compiledFrom: { '/var/task/f.pyc': { path: '/src/f.py', text: 'source' } },
    },
    (path) => (path === '/var/runtime/b.py' ? 'the platform’s' : null),
  );
  assert.equal(read('/var/task/f.py'), 'mine');
  assert.equal(read('/src/f.py'), 'source');
  assert.equal(read('/var/runtime/b.py'), 'the platform’s');
  assert.equal(read('/lib/json.py'), null);
});
