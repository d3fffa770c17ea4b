/**
 * Values that reader code may put in the place of an environment's messages, made by a seed: whatever arrives, the run ends
 * with a sentence, all that came through is drawn, and the next run works. `HOSTILE_VALUES=100000` tries so many,
 * `HOSTILE_FROM=123` begins at another seed.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../../content/ui/en.json' with { type: 'json' };
import ja from '../../../content/ui/ja.json' with { type: 'json' };
import { Refused, Tally } from '../../../src/sandbox/bounds.ts';
import { parseWorkerMessage } from '../../../src/sandbox/parse-worker-message.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import { Chance, hostileMessages } from '../../hostile-values.ts';
import { drawRun } from './draw-run.ts';
import { fakePage, notingObserver, request } from './fakes.ts';

const COUNT = Number(process.env.HOSTILE_VALUES ?? 2000);
const FROM = Number(process.env.HOSTILE_FROM ?? 1);

/** What a port makes of a value; undefined where it takes none, and nothing arrives. */
function cross(value: unknown): { readonly data: unknown } | undefined {
  try {
    return { data: structuredClone(value) };
  } catch {
    return undefined;
  }
}

test(`${COUNT.toLocaleString('en')} hostile values end in a sentence, are drawn, and are followed by a run that works`, async (context) => {
  const page = fakePage();
  const options = { base: new URL('http://host/base/'), document: null as unknown as Document };
  const open = (): Sandbox => new Sandbox({ assets: page.assets, deadline: 10_000, ...options }, page);
  let sandbox = open();
  const prototypes = [Object.prototype, Array.prototype].map((one) => Reflect.ownKeys(one));
  const findings: string[] = [];
  const ends = new Map<string, number>();
  let [crossed, slowest, slowestSeed] = [0, 0, 0];
  for (let seed = FROM; crossed < COUNT; seed += 1) {
    const chance = new Chance(seed);
    const events: TraceEvent[] = [];
    const observer = {
      ...notingObserver(),
      recorded: (batch: readonly TraceEvent[]) => {
        for (const event of batch) events.push(event);
      },
    };
    const stage = { now: 'runs' };
    try {
      const outcome = sandbox.run(request, observer).catch((error: unknown) => error);
      const inside = await page.living();
      const run = inside.lastRun;
      inside.ready();
      inside.begin();
      stage.now = 'takes it';
      const arrived = hostileMessages(chance, run).flatMap((value) => cross(value) ?? []);
      crossed += arrived.length;
      const begun = performance.now();
      for (const { data } of arrived) {
        checkBorder(data);
        inside.forge(data);
      }
      // Where it has not ended the run, that ends as any does.
      stage.now = 'answers';
      for (const one of page.runners) if (!one.removed) one.answer('"whole"', run);
      if (sandbox.state !== 'warm' && sandbox.state !== 'idle') sandbox.stop();
      const end = await outcome;
      stage.now = 'is drawn';
      const sentence = drawRun(events, end, chance.once(2) ? en : ja);
      assert.ok(sentence.length > 10);
      const took = performance.now() - begun;
      if (took > slowest) [slowest, slowestSeed] = [took, seed];
      const kind = sentence.replaceAll(/[\d,.]+/g, 'N').slice(0, 60);
      ends.set(kind, (ends.get(kind) ?? 0) + 1);
      // Each environment lives for so long that many begin on what others have left.
      if (seed % 20 === 0) {
        stage.now = 'is followed by a run';
        const next = sandbox.run({ ...request, event: String(seed) }, notingObserver());
        const other = await page.living();
        other.ready();
        other.begin();
        other.answer('"next"');
        assert.deepEqual(await next, { status: 'returned', payload: '"next"' });
        sandbox.stop();
        page.runners.length = 0;
        if (seed % 200 === 0) sandbox = open();
      }
    } catch (error) {
      findings.push(
        `seed ${String(seed)} ${stage.now}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      );
      sandbox.stop();
      page.runners.length = 0;
      sandbox = open();
    }
  }
  assert.deepEqual(
    [Object.prototype, Array.prototype].map((one) => Reflect.ownKeys(one)),
    prototypes,
  );
  context.diagnostic(
    `${String(crossed)} arrived, ${String(findings.length)} findings; slowest ${slowest.toFixed(0)} ms (seed ${String(slowestSeed)})`,
  );
  if (process.env.HOSTILE_VALUES !== undefined)
    for (const [sentence, count] of [...ends].sort(([, one], [, other]) => other - one))
      context.diagnostic(`${String(count)}: ${sentence}`);
  assert.deepEqual(findings, []);
});

/** The border takes a value or refuses it, and what it has taken it takes again, as it is. */
function checkBorder(value: unknown): void {
  try {
    const message = parseWorkerMessage(value, new Tally());
    if (message.type === 'recorded' && message.events.length > 1000) return;
    assert.deepEqual(parseWorkerMessage(structuredClone(message)), message);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
