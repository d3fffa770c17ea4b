import assert from 'node:assert/strict';
import test from 'node:test';
import { CONTENT, readAllArticles } from '../../../scripts/article-files.ts';
import { examplesOfArticle } from '../../../scripts/checks/examples.ts';
import { record } from '../../../src/integrations/recordings.ts';
import { Replay } from '../../../src/trace/replay.ts';
import { anchorToStep, placeStops } from '../../../src/trace/stops.ts';

const recordings = await record();
const recording = recordings.find(
  ({ example, platform }) => example === 'raise-an-error' && platform === 'lambda-2016',
);
const [run] = recording?.runs ?? [];
assert.ok(run);
const replay = new Replay(run);

test('an anchor names a step by what happens there', () => {
  const handler = { owner: 'handler', function: 'lambda_handler' } as const;
  const [calls, call, raise, back, again, main, half, end] = [
    { calls: handler },
    { call: handler },
    { raise: handler },
    { return: handler },
    { raise: handler, time: 2 },
    { call: { file: 'bootstrap.py', function: 'main' } },
    { call: { file: 'strap.py', function: 'main' } },
    { end: true as const },
  ].map((anchor) => anchorToStep(replay, anchor) ?? 0);
  assert.equal(call, (calls ?? 0) + 1);
  assert.equal(replay.at(calls ?? 0).calls, 'lambda_handler');
  assert.match(replay.at(raise ?? 0).error?.text ?? '', /^ZeroDivisionError/);
  assert.equal(back, (raise ?? 0) + 1);
  assert.deepEqual([again, half], [0, 0]);
  assert.equal(replay.at(main ?? 0).stack.at(-1)?.name, 'main');
  assert.equal(end, replay.length);
});

test('an anchor at a phase or a message is the first step after it', () => {
  const step = anchorToStep(replay, { phase: 'invoke' }) ?? 0;
  assert.equal(replay.at(step).phase, 'invoke');
  assert.equal(replay.at(step - 1).phase, 'init');
  assert.equal(anchorToStep(replay, { message: 'receive_invoke' }), step);
});

test('stops stand in the order of the run; of two at one step the first stays; what does not happen is left out', () => {
  const stops = [
    { name: 'end', at: { end: true } },
    { name: 'never', at: { call: { function: 'nobody' } } },
    { name: 'message', at: { message: 'receive_invoke' } },
    { name: 'phase', at: { phase: 'invoke' } },
  ] as const;
  const placed = placeStops(replay, stops);
  assert.deepEqual(
    placed.map(({ stop }) => stop.name),
    ['message', 'end'],
  );
});

test('every example of an article has five to nine stops on each of its platforms', async () => {
  const articles = new Set([...(await readAllArticles(CONTENT)).values()].flatMap(examplesOfArticle));
  for (const { example, platform, stops, runs } of recordings) {
    const [first] = runs;
    assert.ok(first);
    const placed = placeStops(new Replay(first), stops);
    // The labs of the catalogue, of exercises and of the playground have the platform's stops, as far as their runs come: some
    // end at the import.
    const [least, most] = articles.has(example) ? [5, 9] : [2, 11];
    assert.ok(
      placed.length >= least && placed.length <= most,
      `${example} on ${platform}: ${placed.length} stops`,
    );
  }
});
