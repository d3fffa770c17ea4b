import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  asked,
  began,
  beginSession,
  canReset,
  countView,
  edited,
  ended,
  environmentIs,
  hasMore,
  isBusy,
  isChanged,
  isNextWarm,
  isOutdated,
  isRedeployed,
  loading,
  openView,
  reset,
  type Session,
  shownTabs,
  starting,
  stepped,
  unfoldMore,
} from '../../../src/lab/session.ts';

const TEXTS = { '/var/task/m.py': 'one\n', event: '{}' };
const COLD = { cold: true, reset: false, process: null };
const ENDING = { status: 'returned', payload: 'null' } as const;
const END = { ending: ENDING, begun: true, lines: 3, notes: [], deadline: 10_000, problem: null };

function recorded(): Session {
  return beginSession({
    originals: TEXTS,
    ending: ENDING,
    view: {
      open: 'output',
      named: ['output', 'stack'],
      counts: { output: 1, stack: 1, messages: 4, files: 0, bucket: 0 },
      more: false,
    },
  });
}

/** A run from the press of Run to its end, with the texts that are there. */
function run(session: Session, cold: boolean): Session {
  const running = environmentIs(
    began(starting(session), { cold, reset: false, process: null }, session.texts),
    'running',
  );
  return ended(running, END, 'warm');
}

test('a run is on from the press of Run to its end', () => {
  let session = recorded();
  assert.equal(isBusy(session), false);
  for (const change of [starting, (s: Session) => loading(s, 1, 2), (s: Session) => began(s, COLD, TEXTS)]) {
    session = change(session);
    assert.equal(isBusy(session), true);
  }
  assert.equal(session.run.ending, null);
  session = ended(session, END, 'warm');
  assert.equal(isBusy(session), false);
  assert.equal(session.run.ending, ENDING);
});

test('runs of one environment are counted, and a cold one begins anew', () => {
  let session = run(recorded(), true);
  session = run(session, false);
  session = run(session, false);
  assert.equal(session.run.number, 3);
  assert.equal(isNextWarm(session), true);
  session = run(edited(session, { ...TEXTS, '/var/task/m.py': 'two\n' }), true);
  assert.equal(session.run.number, 1);
});

test('an edit makes what is shown a thing of before, and the next run a cold one', () => {
  const session = run(recorded(), true);
  const changed = edited(session, { ...TEXTS, '/var/task/m.py': 'two\n' });
  assert.equal(isOutdated(changed), true);
  assert.equal(isChanged(changed), true);
  assert.equal(isNextWarm(changed), false);
  assert.equal(isOutdated(edited(changed, TEXTS)), false);
});

test('another event is another invocation of the same function: it goes to the environment that is there', () => {
  const session = edited(run(recorded(), true), { ...TEXTS, event: '{"other": true}' });
  assert.equal(isOutdated(session), true);
  assert.equal(isRedeployed(session), false);
  assert.equal(isNextWarm(session), true);
  assert.equal(asked(session, true), session);
});

test('a run that needs another environment ends the one that is there as it is asked for', () => {
  const warm = run(recorded(), true);
  assert.equal(asked(warm, false).environment, 'left');
  const changed = edited(warm, { ...TEXTS, '/var/task/m.py': 'two\n' });
  for (const environment of ['turn', 'reset', 'repeats'] as const) {
    const kept = environmentIs(warm, environment);
    assert.equal(asked(kept, false), kept);
    assert.equal(asked(environmentIs(changed, environment), false).environment, 'left');
  }
});

test('an edit during a run leaves the run its own texts', () => {
  let session = began(starting(recorded()), COLD, TEXTS);
  session = edited(session, { ...TEXTS, '/var/task/m.py': 'two\n' });
  assert.equal(isOutdated(session), true);
  session = ended(session, END, 'warm');
  assert.equal(session.run.texts, TEXTS);
  assert.equal(isNextWarm(session), false);
});

test('a run that is stopped before it began leaves log and answer, and no environment', () => {
  const first = run(recorded(), true);
  const changed = edited(first, { ...TEXTS, '/var/task/m.py': 'two\n' });
  const stopped = ended(starting(changed), { ...END, ending: { status: 'stopped' }, begun: false }, 'left');
  assert.equal(stopped.run, first.run);
  assert.equal(stopped.environment, 'left');
  assert.equal(isNextWarm(stopped), false);
});

test('a crash ends the run that was on', () => {
  const session = began(starting(recorded()), COLD, TEXTS);
  const crash = { status: 'crashed', message: 'broke' } as const;
  const crashed = ended(session, { ...END, ending: crash }, 'idle');
  assert.deepEqual(crashed.run.ending, crash);
  assert.equal(isNextWarm(crashed), false);
});

test('Reset is there when there is something to bring back, and brings back all of it', () => {
  assert.equal(canReset(recorded()), false);
  const changed = edited(recorded(), { ...TEXTS, event: '[]' });
  assert.equal(canReset(changed), true);
  assert.equal(canReset(starting(changed)), false);
  const stepping = stepped(run(changed, true), 7);
  const back = reset(stepping, ENDING);
  assert.deepEqual(back, recorded());
});

test('a run that begins ends the stepping', () => {
  const stepping = stepped(recorded(), 12);
  assert.equal(starting(stepping).step, 12);
  assert.equal(began(starting(stepping), COLD, TEXTS).step, null);
});

test('the tabs are those that the author named; the others are behind More, but for what holds nothing', () => {
  const session = recorded();
  assert.deepEqual(shownTabs(session), ['output', 'stack']);
  assert.equal(hasMore(session), true);
  const unfolded = unfoldMore(session, true);
  assert.deepEqual(shownTabs(unfolded), ['output', 'stack', 'messages', 'files']);
  assert.deepEqual(shownTabs(countView(unfolded, 'messages', 0)), ['output', 'stack', 'files']);
});

test('a view that a run has filled announces itself', () => {
  const session = countView(run(recorded(), true), 'bucket', 3);
  assert.deepEqual(shownTabs(session), ['output', 'stack', 'bucket']);
});

test('a tab that goes away gives its place to another', () => {
  const open = openView(unfoldMore(recorded(), true), 'messages');
  assert.equal(unfoldMore(open, false).view.open, 'output');
  const bucket = openView(countView(run(recorded(), true), 'bucket', 1), 'bucket');
  assert.equal(countView(bucket, 'bucket', 0).view.open, 'output');
});
