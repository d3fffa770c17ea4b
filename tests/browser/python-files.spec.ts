import { expect, test, type Page, type Route } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { openLab } from './lab-page.ts';

/** The files that every run needs: their places, and the names that the page calls them by. */
const FILES: Readonly<Record<string, string>> = {
  'pyodide.mjs': '**/_sandbox/pyodide-mjs.*.bin',
  'pyodide.asm.mjs': '**/_sandbox/pyodide-asm-mjs.*.bin',
  'pyodide.asm.wasm': '**/_sandbox/pyodide-asm-wasm.*.bin',
  'environment.worker.js': '**/_sandbox/environment.*.bin',
  'lambda-2016': '**/_sandbox/lambda-2016.*.bin',
};

/** What only a run waits for that needs more than Python boots with; `boot-image.spec.ts` has more of it. */
const LIBRARY = 'python_stdlib.zip';
const LIBRARY_ADDRESS = '**/_sandbox/python_stdlib-zip.*.bin';
const NEEDS_LIBRARY = `import wsgiref.util

def lambda_handler(event, context):
    print("in lambda_handler", wsgiref.util.__name__)
`;

/** The files on which browsers could differ: one that is read as a stream, and the script of the worker. */
const STREAM = 'pyodide.asm.wasm';
const WORKER = 'environment.worker.js';

/** What a host, a proxy or a bad line may do to a file, and what the page then says; `{file}` is its name. */
const FAULTS: readonly {
  readonly name: string;
  readonly spoil: (route: Route) => Promise<void>;
  readonly says: string;
}[] = [
  {
    name: 'missing',
    spoil: (route) => route.fulfill({ status: 404, body: 'Not found' }),
    says: 'A file of Python’s ({file}) is not on this site’s server; it answered 404',
  },
  {
    name: 'in trouble',
    spoil: (route) => route.fulfill({ status: 503, body: 'Busy' }),
    says: 'This site’s server is in trouble: for a file of Python’s ({file}) it answered 503',
  },
  {
    name: 'out of reach',
    spoil: (route) => route.abort(),
    says: 'A file of Python’s ({file}) could not be fetched',
  },
  {
    name: 'an HTML page instead',
    spoil: (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><p>Sign in' }),
    says: 'A web page came in the place of a file of Python’s ({file})',
  },
  {
    name: 'cut',
    spoil: (route) => spoilBytes(route, (body) => body.subarray(0, body.length / 2)),
    says: 'A file of Python’s ({file}) arrived damaged',
  },
  {
    name: 'corrupt',
    spoil: (route) =>
      spoilBytes(route, (body) => {
        const place = Math.floor(body.length / 2);
        body.writeUInt8(body.readUInt8(place) ^ 0xff, place);
        return body;
      }),
    says: 'A file of Python’s ({file}) arrived damaged',
  },
  {
    name: 'empty',
    spoil: (route) => route.fulfill({ status: 200, body: '' }),
    says: 'A file of Python’s ({file}) arrived damaged',
  },
];

async function spoilBytes(route: Route, spoil: (body: Buffer) => Buffer): Promise<void> {
  const response = await route.fetch();
  await route.fulfill({ status: 200, body: spoil(Buffer.from(await response.body())) });
}

for (const [file, address] of [...Object.entries(FILES), [LIBRARY, LIBRARY_ADDRESS] as const]) {
  test(
    `${file} may be spoilt in every way: each has its sentence, and Retry works`,
    bothIf(file === WORKER),
    async ({ page }) => {
      const lab = await openLab(page, file === LIBRARY ? { source: NEEDS_LIBRARY } : {});
      for (const [at, { name, spoil, says }] of FAULTS.entries()) {
        let asked = 0;
        await page.route(address, (route) => {
          asked += 1;
          return spoil(route);
        });
        await (at === 0 ? lab.run : lab.retry).click();
        await expect.poll(() => asked, { message: name }).toBeGreaterThan(0);
        await expect(lab.status, name).toContainText(says.replace('{file}', file));
        // The pointer's coming, the focus and the press each ask, where what asked before has failed by then.
        expect(asked, name).toBeLessThanOrEqual(3);
        await page.unroute(address);
      }
      await lab.retry.click();
      await expect(lab.status).toHaveText(/^Finished/);
      await expect(lab.output).toContainText('in lambda_handler');
    },
  );
}

/** Call it before Run: what it gives waits until every other file has come, and the frame has answered. */
function allBut(page: Page, held: string): () => Promise<void> {
  const missing = new Set(Object.keys(FILES).filter((file) => file !== held));
  page.on('requestfinished', (request) => {
    for (const file of missing) if (isFile(file, request.url())) missing.delete(file);
  });
  return async () => {
    await expect.poll(() => [...missing], { message: 'files that have not come' }).toEqual([]);
    // There is no frame before there is a worker to put into it.
    if (held === 'environment.worker.js') return;
    await expect.poll(() => page.frames().length).toBe(2);
    await page.frames()[1]?.waitForLoadState();
    await page.evaluate(() => new Promise((turn) => setTimeout(turn)));
  };
}

function isFile(file: string, url: string): boolean {
  return url.includes(FILES[file]?.slice('**'.length, -'*.bin'.length) ?? '');
}

for (const [file, address] of Object.entries(FILES)) {
  test(
    `${file} may stop coming: the page says so after thirty seconds, and Retry works`,
    bothIf(file === STREAM),
    async ({ page }) => {
      await page.clock.install();
      const lab = await openLab(page);
      const asked = Promise.withResolvers<null>();
      await page.route(address, () => {
        // Never answered.
        asked.resolve(null);
      });
      const others = allBut(page, file);
      await lab.run.click();
      await asked.promise;
      await others();
      // The time that has passed by itself is counted as well.
      await page.clock.fastForward(10_000);
      await expect(lab.status).toHaveText(/^(?:Loading Python|Starting)/);
      await page.clock.fastForward(20_000);
      await expect(lab.status).toContainText(`A file of Python’s (${file}) stopped coming for 30 seconds`);
      await page.unroute(address);
      await lab.retry.click();
      await expect(lab.status).toHaveText(/^Finished/);
    },
  );
}

/** Hands each file over in pieces, the next one only when the test says so. */
async function slowDown(page: Page, pieces: number): Promise<void> {
  await page.addInitScript((pieces) => {
    const { fetch } = globalThis;
    const waiting: (() => void)[] = [];
    let permits = 0;
    Object.assign(globalThis, {
      letOn: () => {
        const go = waiting.shift();
        if (go === undefined) permits += 1;
        else go();
      },
      fetch: async (...args: Parameters<typeof fetch>) => {
        const response = await fetch(...args);
        if (!response.url.includes('/_sandbox/pyodide-asm-wasm')) return response;
        const whole = new Uint8Array(await response.arrayBuffer());
        let at = 0;
        return new Response(
          new ReadableStream({
            async pull(controller) {
              if (permits > 0) permits -= 1;
              else await new Promise<void>((go) => waiting.push(go));
              const next = Math.min(whole.length, at + Math.ceil(whole.length / pieces));
              controller.enqueue(whole.slice(at, next));
              at = next;
              if (at === whole.length) controller.close();
            },
          }),
        );
      },
    });
  }, pieces);
}

test('a slow line is no fault as long as something moves', BOTH, async ({ page }) => {
  const PIECES = 10;
  await page.clock.install();
  await slowDown(page, PIECES);
  const lab = await openLab(page);
  const others = allBut(page, 'pyodide.asm.wasm');
  await lab.run.click();
  await others();
  const texts = new Set<string>();
  const bar = lab.root.locator('.lab-progress:not(lab-storage *)');
  for (let piece = 0; piece < PIECES; piece += 1) {
    const before = (await bar.getAttribute('value')) ?? '';
    // Before the first piece the other files have taken some of the thirty seconds.
    await page.clock.fastForward(piece === 0 ? 10_000 : 20_000);
    await expect(lab.status).toHaveText(/^Loading Python/);
    texts.add((await lab.status.textContent()) ?? '');
    await page.evaluate(() => {
      (globalThis as unknown as { letOn: () => void }).letOn();
    });
    // The bar moves with every piece; the words come in steps of a twentieth.
    await expect(bar).not.toHaveAttribute('value', before);
  }
  expect(texts.size).toBeGreaterThan(PIECES / 2);
  await expect(lab.status).toHaveText(/^Finished/);
});

test(
  'the script that runs labs may be missing: the page says so, and Retry works',
  BOTH,
  async ({ page }) => {
    const address = /\/_astro\/sandbox\./;
    await page.route(address, (route) => route.abort());
    const lab = await openLab(page);
    await lab.run.click();
    await expect(lab.status).toContainText('A part of this page could not be fetched');
    await page.unroute(address);
    await lab.retry.click();
    await expect(lab.status).toHaveText(/^Finished/);
  },
);

test('what was fetched once is enough: later runs need no network', BOTH, async ({ page }) => {
  const lab = await openLab(page);
  await lab.runToItsEnd();
  await page.route('**/*', (route) => route.abort());
  await lab.reset.click();
  await lab.runToItsEnd();
  await expect(lab.output).toContainText('your run: a cold start');
});

test('a page that is only read fetches nothing of Python’s', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await openLab(page);
  await page.keyboard.press('End');
  expect(fetched.filter((url) => url.includes('_sandbox'))).toEqual([]);
});

test('no request ever leaves the site', BOTH, async ({ page, baseURL }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const lab = await openLab(page);
  await lab.runToItsEnd();
  const others = fetched.filter(
    (url) => !url.startsWith(baseURL ?? '') && !/^(?:blob|data|about):/.test(url),
  );
  expect(others).toEqual([]);
});
