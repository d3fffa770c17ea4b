/**
 * Does an environment grow slow or heavy with its invocations? All events are queued and recording is off; an
 * invocation's cost is the time between its answer and that of the one before. Compared are the last of 100 with
 * the last of 10,000, on each platform and in both ways of waiting; and what Python and JavaScript hold in memory
 * after them.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import { listPlatforms } from '../../src/integrations/platforms.ts';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { median } from './median.ts';
import type { Held, Life, LifeOrder } from './warm.child.ts';

const CHILD = path.join(import.meta.dirname, 'warm.child.ts');
const EARLY = 100;
const LATE = 10_000;
/** The last invocations of a life, whose median is the cost at its end. */
const AROUND = 50;
/** How much more a late invocation may cost. */
const MAX_RATIO = 1.3;
/** Bytes of JavaScript's heap, and objects of Python's, that each invocation may leave behind. */
const MAX_BYTES = 64;
const MAX_OBJECTS = 0.01;
/** Python's memory grows by steps; where it stands just below one, nothing need have been kept for it to be taken. */
const MEMORY_STEP = 6 * 1_048_576;

interface Figure {
  readonly platform: string;
  readonly waiting: LifeOrder['waiting'];
  /** Milliseconds, one for each round. */
  readonly early: number[];
  readonly late: number[];
  /** What each of the invocations between left in memory, one for each round. */
  readonly bytes: number[];
  readonly objects: number[];
  /** Bytes that Python's memory grew by. */
  readonly python: number[];
}

/** Lives through 10,000 invocations of each Lambda, `rounds` times. */
export async function bench({ rounds = 3 }: BenchOptions): Promise<BenchResult> {
  const figures: Figure[] = [];
  let passed = true;
  for (const platform of await listPlatforms()) {
    for (const waiting of ['suspended', 'queue'] as const) {
      const none = { early: [], late: [], bytes: [], objects: [], python: [] };
      const figure: Figure = { platform, waiting, ...none };
      for (let round = 0; round < rounds; round += 1)
        measure(
          await live({ platform, waiting, count: EARLY }),
          await live({ platform, waiting, count: LATE }),
          figure,
        );
      figures.push(figure);
      passed = print(figure) && passed;
    }
  }
  return { figures, passed };
}

function measure(short: Life, long: Life, figure: Figure): void {
  const costOf = ({ milliseconds }: Life): number => median([...milliseconds.slice(-AROUND)]);
  const grown = (what: keyof Held): number => long.held[what] - short.held[what];
  figure.early.push(costOf(short));
  figure.late.push(costOf(long));
  figure.bytes.push(grown('javascript') / (LATE - EARLY));
  figure.objects.push(grown('objects') / (LATE - EARLY));
  figure.python.push(grown('python'));
}

function print({ platform, waiting, early, late, bytes, objects, python }: Figure): boolean {
  const ratio = median(late.map((cost, round) => cost / (early[round] ?? Number.NaN)));
  const [heap, held, grown] = [median(bytes), median(objects), median(python)];
  console.log(
    `${platform}, ${waiting}: ${median(early).toFixed(3)} ms at ${EARLY}, ${median(late).toFixed(3)} ms at ${LATE}, ` +
      `ratio ${ratio.toFixed(2)}; left by each: ${heap.toFixed(1)} bytes in JavaScript, ${held.toFixed(4)} objects in Python, ` +
      `whose memory grew by ${(grown / 1_048_576).toFixed(1)} MB`,
  );
  return ratio <= MAX_RATIO && heap <= MAX_BYTES && held <= MAX_OBJECTS && grown <= MEMORY_STEP;
}

function live(order: LifeOrder): Promise<Life> {
  const child = fork(CHILD, [JSON.stringify(order)], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--no-warnings', '--expose-gc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (life: Life) => {
      resolve(life);
    });
    child.once('exit', (code) => {
      reject(new Error(`Python's process ended with ${String(code)}.`));
    });
  });
}
