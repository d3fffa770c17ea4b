/** Any two platforms go side by side: their recordings of one handler have moments in common, and lose no step. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExample } from '../../../src/integrations/examples.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';
import { alignRuns, replayToSide, type Side } from '../../../src/trace/align.ts';
import { Replay } from '../../../src/trace/replay.ts';

const { platforms } = await readExample('print-the-stack');
const sides = new Map<string, Side>();
for (const platform of platforms) {
  const [run] = (await recordExample('print-the-stack', platform)).runs;
  assert.ok(run);
  sides.set(platform, replayToSide(new Replay(run)));
}

for (const [leftName, left] of sides) {
  for (const [rightName, right] of sides) {
    if (leftName >= rightName) continue;
    test(`${leftName} goes beside ${rightName}: they meet where the handler is called, and where it comes back`, () => {
      const alignment = alignRuns(left, right);
      const names = alignment.marks.map(({ name }) => name);
      assert.ok(names.includes('call') && names.includes('back') && names.length > 3, names.join(' '));
      for (const { name, position } of alignment.marks) {
        const there = [left, right].map(({ marks }) => marks.find((mark) => mark.name === name)?.step);
        assert.deepEqual(alignment.at(position), there, name);
      }
      for (const [side, { length }] of [left, right].entries()) {
        const steps = Array.from({ length: alignment.length }, (_, position) => alignment.at(position)[side]);
        assert.deepEqual(
          [...new Set(steps)],
          Array.from({ length }, (_, index) => index + 1),
          `side ${String(side)} comes to each of its steps, in order`,
        );
      }
    });
  }
}
