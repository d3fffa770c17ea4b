/**
 * `npm run bench [-- boot|dump|explain|lighthouse|link|repeats|search|trace|warm] [--rounds N] [--json FILE]`: measures, prints, and tells by its exit status
 * whether the figures are as they should be. One file of `scripts/bench/` for each question; USAGE below lists them.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchOptions, BenchResult } from './bench/bench-result.ts';
import { ownValue } from '../src/trace/own-value.ts';

const USAGE = `Usage: npm run bench [-- boot|dump|explain|lighthouse|link|repeats|search|trace|warm] [--rounds N] [--json FILE]

  boot     click on Run to first output beside a bare page that boots Python the plain way: cold, warm, on intent, on
           a slow line; its bytes, Stop and the next output, an environment's memory (needs Chromium, takes Firefox)
  dump     the page's longest frame while it takes in 50 MB of a runtime's files (needs Chromium)
  explain  a paste of 100,000 lines explained, and one of a link's length masked
  lighthouse
           points for performance on a phone: the median of three looks at a page of each kind that others link to, from a
           server that compresses (needs Chromium)
  link     the longest frame while a code link of 8,000 characters is opened (needs Chromium)
  repeats  endless loop and Stop, crash, cut download, many times each: stuck labs and memory (needs Chromium)
  search   an answer of the search once its index is there, and the reading of the index (needs a built site)
  trace    opening traces of 100 to 100,000 events, jumping in them, what recording adds, and the page's longest frames
           while runs throw megabytes at it (needs Chromium)
  warm     what a warm invocation costs at the 10,000th time beside the 100th, and what memory it leaves behind

--rounds N says how often it is measured, --json FILE keeps the raw figures. Machines are noisy: trust the
ratios, and only within one run. Chromium's decide. Exit status: 0, 1 when a figure is not as it should be, 2 for bad arguments.`;

interface Bench {
  readonly bench: (options: BenchOptions) => Promise<BenchResult>;
}

/** Loaded when asked for: only some of them need a browser. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  boot: () => import('./bench/boot.ts'),
  dump: () => import('./bench/dump.ts'),
  explain: () => import('./bench/explain.ts'),
  lighthouse: () => import('./bench/lighthouse.ts'),
  link: () => import('./bench/link.ts'),
  repeats: () => import('./bench/repeats.ts'),
  search: () => import('./bench/search.ts'),
  trace: () => import('./bench/trace.ts'),
  warm: () => import('./bench/warm.ts'),
};

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { rounds: { type: 'string' }, json: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const [name = 'boot', ...more] = positionals;
  const load = ownValue(BENCHES, name);
  if (load === undefined || more.length > 0)
    throw new RangeError(`There is no bench named ${[name, ...more].join(' ')}.\n${USAGE}`);
  const { bench } = await load();
  const { figures, passed } = await bench(roundsFrom(values.rounds));
  if (values.json !== undefined) {
    // Where the person stands: npm itself has gone to the project's folder.
    const file = path.resolve(process.env.INIT_CWD ?? '.', values.json);
    await writeFile(file, `${JSON.stringify(figures, null, 1)}\n`);
  }
  return passed ? 0 : 1;
}

function roundsFrom(text: string | undefined): BenchOptions {
  if (text === undefined) return {};
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('--rounds takes a whole number.');
  return { rounds };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RangeError || (error instanceof TypeError && 'code' in error))) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
