/**
 * How long is the page of `/dump/` busy while it takes in a runtime's folder? An archive that unpacks to 50 MB in 4,000 files, dropped
 * in Chromium; the longest frame until the result is there, and until a search over all of it is.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { watchFrames } from './frames.ts';
import { median } from './median.ts';
import { withSite } from './site.ts';

const MEGABYTES = 50;
const FILES = 4000;
/** Milliseconds that a frame may take. */
const MOST = 100;

/** Measures both. */
export async function bench({ rounds = 3 }: BenchOptions): Promise<BenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-dump-'));
  const file = path.join(folder, 'runtime.zip');
  await writeFile(file, makeArchive());
  try {
    return await withSite(async (browser, address) => {
      const frames: number[] = [];
      const takingIn: number[] = [];
      const searching: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const page = await browser.newPage();
        await page.goto(`${address}en/dump/`, { waitUntil: 'networkidle' });
        const longest = await watchFrames(page);
        const begin = performance.now();
        await page.locator('[data-part="file"]').setInputFiles(file);
        await page.locator('.dump-verdict:not(:empty)').waitFor({ state: 'visible' });
        const between = performance.now();
        await page.getByRole('searchbox').fill('nowhere_else');
        await page.getByRole('searchbox').press('Enter');
        await page.locator('.dump-hit').waitFor();
        searching.push(performance.now() - between);
        takingIn.push(between - begin);
        frames.push(await longest());
        console.log(`round ${round + 1}: longest frame ${(frames.at(-1) ?? 0).toFixed(0)} ms`);
        await page.close();
      }
      const figures = {
        megabytes: MEGABYTES,
        files: FILES,
        longestFrame: Math.max(...frames),
        takenIn: median(takingIn),
        searched: median(searching),
      };
      console.log(
        `${MEGABYTES} MB in ${FILES} files taken in after ${figures.takenIn.toFixed(0)} ms, searched after ${figures.searched.toFixed(0)} ms; ` +
          `longest frame ${figures.longestFrame.toFixed(0)} ms (gate ${MOST})`,
      );
      return { figures, passed: figures.longestFrame <= MOST };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A runtime's folder as large as a real one: its modules, libraries that import one another, and machine code. */
function makeArchive(): Uint8Array {
  const encoder = new TextEncoder();
  const root = 'var/lang/lib/python3.12/site-packages';
  const files: Zippable = {
    'var/runtime/bootstrap.py': encoder.encode('import awslambdaric.__main__\n'),
    [`${root}/awslambdaric/__main__.py`]: encoder.encode('from . import bootstrap\n'),
    [`${root}/awslambdaric/bootstrap.py`]: encoder.encode('import library0\nnowhere_else = 1\n'),
  };
  const size = (MEGABYTES * 1e6) / FILES;
  for (let index = 0; index < FILES; index += 1) {
    const text = `import os, library${String(index + 1)}\n# ${String(index)}\nvalue = ${String(index)}\n`;
    const isNative = index % 10 === 0;
    const name = isNative ? `lib/part${String(index)}.so` : `library${String(index)}.py`;
    files[`${root}/${name}`] = isNative
      ? new Uint8Array(randomBytes(size))
      : encoder.encode(text.repeat(Math.ceil(size / text.length)));
  }
  return zipSync(files, { level: 1 });
}
