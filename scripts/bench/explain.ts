/**
 * How long does a long paste take? A hundred thousand lines made of the real pastes in `tests/fixtures/logs`, each time with other ids:
 * explained, and its share's length masked, under Node.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { toErrorKeys } from '../../src/catalogue/match-error.ts';
import { explain } from '../../src/explain/explain.ts';
import { mask } from '../../src/explain/mask.ts';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { median } from './median.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LOGS = path.join(ROOT, 'tests/fixtures/logs');
const ERRORS = path.join(ROOT, 'content/errors');
const LINES = 100_000;
/** Lines that are shared at most, more or less: what a link holds. */
const SHARED = 1000;
/** Milliseconds that the explanation may take, and the masks. */
const MOST = 2000;
const MOST_MASKING = 500;

/** Measures both. */
export async function bench({ rounds = 3 }: BenchOptions): Promise<BenchResult> {
  const errors = await Promise.all(
    (await readdir(ERRORS)).map(async (name) => {
      const file = JSON.parse(await readFile(path.join(ERRORS, name), 'utf8')) as {
        platform: string;
        keys: string[];
        general?: boolean;
      };
      return toErrorKeys(name.replace(/\.json$/, ''), { ...file, general: file.general ?? false });
    }),
  );
  const paste = await makePaste(LINES);
  const shared = await makePaste(SHARED);
  const explaining: number[] = [];
  const masking: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    const { runs } = explain(paste, errors);
    const between = performance.now();
    mask(shared);
    masking.push(performance.now() - between);
    explaining.push(between - begin);
    console.log(`round ${round + 1}: ${runs.length} runs in ${(between - begin).toFixed(0)} ms`);
  }
  const figures = { lines: LINES, explain: median(explaining), mask: median(masking) };
  console.log(
    `${LINES} lines (${(paste.length / 1e6).toFixed(1)} MB) explained in ${figures.explain.toFixed(0)} ms (gate ${MOST}); ` +
      `${SHARED} lines masked in ${figures.mask.toFixed(0)} ms (gate ${MOST_MASKING})`,
  );
  return { figures, passed: figures.explain <= MOST && figures.mask <= MOST_MASKING };
}

async function makePaste(lines: number): Promise<string> {
  const samples = await Promise.all(
    (await readdir(LOGS))
      .filter((name) => name.endsWith('.txt'))
      .sort()
      .map((name) => readFile(path.join(LOGS, name), 'utf8')),
  );
  const pieces: string[] = [];
  for (let count = 0, turn = 0; count < lines; turn += 1) {
    const sample = samples[turn % samples.length] ?? '';
    pieces.push(
      sample.replaceAll(/[\da-f]{8}(?=-[\da-f]{4}-)/g, (head) =>
        ((Number.parseInt(head, 16) + turn) >>> 0).toString(16).padStart(8, '0'),
      ),
    );
    count += sample.split('\n').length - 1;
  }
  return pieces.join('');
}
