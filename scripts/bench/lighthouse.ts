/** How many points does Lighthouse give for performance, with a phone's settings, where the server compresses? */
import { addressFromEnvironment, buildIfChanged, DIST } from '../build.ts';
import { CompressedFiles } from '../compressed.ts';
import { PAGES, withLighthouse } from '../lighthouse.ts';
import { serve } from '../serve.ts';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { median } from './median.ts';

/** The least that a page may have. */
const LEAST = 98;

/** The heaviest page of the site: told, and held to nothing. */
const HEAVIEST = { name: 'heaviest', path: 'en/when-it-fails/' };

/** Looks at each page some times, and prints the medians. */
export async function bench({ rounds = 3 }: BenchOptions): Promise<BenchResult> {
  const address = addressFromEnvironment();
  await buildIfChanged(address);
  const compressed = new CompressedFiles();
  const server = await serve({ folder: DIST, base: address.base, port: 0, host: null, compressed });
  const figures: Record<string, { points: number[]; blocking: number[]; painted: number[] }> = {};
  let passed = true;
  try {
    await withLighthouse(async (lookAt) => {
      for (const { name, path } of [...PAGES, HEAVIEST]) {
        const row = (figures[name] = {
          points: [] as number[],
          blocking: [] as number[],
          painted: [] as number[],
        });
        for (let round = 0; round < rounds; round += 1) {
          const { points, blocking, painted } = await lookAt(`${server.url}${path}`, ['performance']);
          row.points.push(points.performance ?? 0);
          row.blocking.push(blocking);
          row.painted.push(painted);
        }
        const isHeld = name !== HEAVIEST.name;
        const isMissed = isHeld && median(row.points) < LEAST;
        if (isMissed) passed = false;
        console.log(
          [
            `  ${name.padEnd(9)} ${String(median(row.points)).padStart(3)} points (${row.points.join(', ')})`,
            `largest paint ${median(row.painted).toFixed(0)} ms`,
            `blocked ${median(row.blocking).toFixed(0)} ms`,
            ...(isHeld ? [`points ≥ ${String(LEAST)}`] : []),
            ...(isMissed ? ['MISSED'] : []),
          ].join('  '),
        );
      }
    });
  } finally {
    await server.close();
  }
  return { figures, passed };
}
