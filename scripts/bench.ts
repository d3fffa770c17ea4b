/**
 * `npm run bench`: how long from the click on Run to the first output, for this site and for a bare page
 * that calls `loadPyodide()` in a module worker: on one server, from the same compressed files, in turn.
 * Prints medians and ratios; `-- --rounds N` (7 or more for figures worth quoting), `-- --json FILE` keeps
 * the raw figures. `-- repeats` asks another question (`bench-repeats.ts`), `-- repeats --count N` that many times
 * and not a hundred; `-- trace` asks how quick stepping is (`bench-trace.ts`). Machines are noisy: trust the ratios, and only within one run.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { chromium, type Browser, type Page } from '@playwright/test';
import { addressFromEnvironment, buildIfChanged, DIST } from './build.ts';
import { printRepeats, repeat } from './bench-repeats.ts';
import { benchTrace, printTrace } from './bench-trace.ts';
import { findBrowser } from './find-browser.ts';

const PYODIDE = path.resolve(import.meta.dirname, '../node_modules/pyodide');
const PYTHON_FILES = [
  'pyodide.mjs',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
];
const FEWEST_ROUNDS = 1;

/** What is compared: the names are those of the printed rows. */
const SUBJECTS = ['this site', 'bare page'] as const;
const CACHES = ['cold', 'warm'] as const;
type Figures = Record<(typeof SUBJECTS)[number], Record<(typeof CACHES)[number], number[]>>;

const BARE_PAGE = `<!doctype html><title>bare</title><button>Run</button><pre></pre><script type="module">
  document.querySelector('button').onclick = () => {
    const worker = new Worker('worker.mjs', { type: 'module' });
    worker.onmessage = ({ data }) => { document.querySelector('pre').textContent += data; };
  };
</script>`;
const BARE_WORKER = `import { loadPyodide } from './pyodide.mjs';
const python = await loadPyodide({ stdout: (text) => postMessage(text + '\\n') });
python.runPython('print("in lambda_handler")');
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '7' },
      count: { type: 'string', default: '100' },
      json: { type: 'string' },
    },
  });
  const [mode] = positionals;
  if (mode !== undefined && mode !== 'repeats' && mode !== 'trace')
    throw new RangeError(`There is no bench named ${mode}.`);
  const count = Number(values.count);
  if (!Number.isInteger(count) || count < 1) throw new RangeError('--count takes a whole number.');
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < FEWEST_ROUNDS)
    throw new RangeError('--rounds takes a whole number.');
  const found = findBrowser('chromium');
  if (found === null) throw new RangeError('The bench needs Chromium: npm run install-browsers brings it.');
  await buildIfChanged(addressFromEnvironment());
  const { server, address } = await serve();
  const browser = await chromium.launch(found.launch);
  if (mode === 'trace') {
    try {
      const figures = await benchTrace(await browser.newPage(), address);
      if (!printTrace(figures)) process.exitCode = 1;
      if (values.json !== undefined) await keep(figures, values.json);
    } finally {
      await browser.close();
      server.close();
    }
    return;
  }
  if (mode === 'repeats') {
    try {
      const figures = await repeat(await browser.newPage(), `${address}en/who-called-me/`, count);
      if (!printRepeats(figures)) process.exitCode = 1;
      if (values.json !== undefined) await keep(figures, values.json);
    } finally {
      await browser.close();
      server.close();
    }
    return;
  }
  const figures: Figures = { 'this site': { cold: [], warm: [] }, 'bare page': { cold: [], warm: [] } };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (const subject of SUBJECTS) await measure(browser, address, subject, figures);
      console.log(
        `round ${round} of ${rounds}: ${SUBJECTS.map((subject) => describe(figures, subject)).join('; ')}`,
      );
    }
  } finally {
    await browser.close();
    server.close();
  }
  print(figures);
  if (values.json !== undefined) await keep(figures, values.json);
}

/** Writes raw figures where the caller stands. */
async function keep(figures: unknown, file: string): Promise<void> {
  await writeFile(path.resolve(process.env.INIT_CWD ?? '.', file), `${JSON.stringify(figures, null, 1)}\n`);
}

/** One visit with an empty cache and one with what the first has left there. */
async function measure(
  browser: Browser,
  address: string,
  subject: (typeof SUBJECTS)[number],
  figures: Figures,
): Promise<void> {
  const context = await browser.newContext();
  try {
    for (const cache of CACHES) {
      const page = await context.newPage();
      await page.goto(subject === 'this site' ? `${address}en/who-called-me/` : `${address}bare/`);
      figures[subject][cache].push(await clickToOutput(page));
      await page.close();
    }
  } finally {
    await context.close();
  }
}

/** Milliseconds from the click to the first text of a run, by the page's own clock. */
async function clickToOutput(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: 'Run', exact: true }).first();
  await button.waitFor();
  await page.waitForFunction(
    () => document.querySelector('lab-root') === null || customElements.get('lab-root') !== undefined,
  );
  const time = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let clicked = 0;
        document.addEventListener('click', () => (clicked = performance.now()), {
          capture: true,
          once: true,
        });
        const look = (): void => {
          const log = document.querySelector('lab-output pre') ?? document.querySelector('pre');
          const live = document.querySelector('.lab-source')?.textContent.startsWith('your run') ?? true;
          if (clicked > 0 && live && log?.textContent.includes('in lambda_handler') === true) {
            observer.disconnect();
            resolve(performance.now() - clicked);
          }
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, characterData: true, subtree: true });
      }),
  );
  await button.click();
  return time;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1);
  return (low + high) / 2;
}

function describe(figures: Figures, subject: (typeof SUBJECTS)[number]): string {
  return `${subject} ${CACHES.map((cache) => `${cache} ${(figures[subject][cache].at(-1) ?? 0).toFixed(0)}`).join(', ')} ms`;
}

function print(figures: Figures): void {
  console.log('\nclick to first output, ms: minimum / median / maximum');
  for (const cache of CACHES) {
    for (const subject of SUBJECTS) {
      const numbers = figures[subject][cache];
      const row = [Math.min(...numbers), median(numbers), Math.max(...numbers)].map((number) =>
        number.toFixed(0),
      );
      console.log(`  ${subject.padEnd(10)} ${cache}  ${row.join(' / ')}`);
    }
    const ratios = figures['this site'][cache].map(
      (number, at) => number / (figures['bare page'][cache][at] ?? Number.NaN),
    );
    console.log(
      `  this site / bare page, ${cache}: ${median(ratios).toFixed(2)} (median of the rounds' ratios)`,
    );
  }
}

/** The built site, and beside it the bare page; both packed with gzip and cacheable, as a good host would have it. */
async function serve(): Promise<{ server: Server; address: string }> {
  const bare = new Map<string, Buffer>([
    ['index.html', await promisify(gzip)(BARE_PAGE)],
    ['worker.mjs', await promisify(gzip)(BARE_WORKER)],
  ]);
  for (const file of PYTHON_FILES)
    bare.set(file, await promisify(gzip)(await readFile(path.join(PYODIDE, file)), { level: 9 }));
  const server = createServer((request, response) => {
    respond(request, response, bare).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  bare: ReadonlyMap<string, Buffer>,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
  const caching = name.endsWith('.html') ? 'no-cache' : 'max-age=31536000, immutable';
  const packed = name.startsWith('/bare/') ? bare.get(name.slice('/bare/'.length)) : undefined;
  if (packed !== undefined) {
    response
      .writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': caching })
      .end(packed);
    return;
  }
  const file = path.join(DIST, path.normalize(name));
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': type, 'content-length': found.size, 'cache-control': caching });
  createReadStream(file).pipe(response);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
