import { expect, test, type Route } from '@playwright/test';
import { openLab } from './lab-page.ts';

const WASM = '**/_sandbox/pyodide-asm-wasm.*.bin';

/** What a host, a proxy or a bad line may do to a file, and what the page then says. */
const FAULTS: readonly {
  readonly name: string;
  readonly file: string;
  readonly spoil: (route: Route) => Promise<void>;
  readonly message: RegExp;
}[] = [
  {
    name: 'missing',
    file: WASM,
    spoil: (route) => route.fulfill({ status: 404, body: 'Not found' }),
    message: /\(pyodide\.asm\.wasm\) is not on this site’s server; it answered 404/,
  },
  {
    name: 'out of reach',
    file: WASM,
    spoil: (route) => route.abort(),
    message: /\(pyodide\.asm\.wasm\) could not be fetched/,
  },
  {
    name: 'an HTML page instead',
    file: WASM,
    spoil: (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><p>Sign in' }),
    message: /\(pyodide\.asm\.wasm\) arrived damaged/,
  },
  {
    name: 'cut',
    file: WASM,
    spoil: async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      await route.fulfill({ status: 200, body: body.subarray(0, body.length / 2) });
    },
    message: /\(pyodide\.asm\.wasm\) arrived damaged/,
  },
  {
    name: 'corrupt',
    file: WASM,
    spoil: async (route) => {
      const response = await route.fetch();
      const body = Buffer.from(await response.body());
      body.writeUInt8(body.readUInt8(body.length - 1000) ^ 0xff, body.length - 1000);
      await route.fulfill({ status: 200, body });
    },
    message: /\(pyodide\.asm\.wasm\) arrived damaged/,
  },
  {
    name: 'empty',
    file: '**/_sandbox/python_stdlib-zip.*.bin',
    spoil: (route) => route.fulfill({ status: 200, body: '' }),
    message: /\(python_stdlib\.zip\) arrived damaged/,
  },
];

for (const { name, file, spoil, message } of FAULTS) {
  test(`a file of Python's that is ${name} has its sentence, and Retry works`, async ({ page }) => {
    const lab = await openLab(page);
    await page.route(file, spoil);
    await lab.run.click();
    await expect(lab.root).toContainText(message);
    await expect(lab.retry).toBeVisible();
    await page.unroute(file);
    await lab.retry.click();
    await expect(lab.status).toHaveText(/^Finished/);
    await expect(lab.output).toContainText('in lambda_handler');
  });
}

test('a page that is only read fetches nothing of Python’s', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await openLab(page);
  await page.keyboard.press('End');
  expect(fetched.filter((url) => url.includes('_sandbox'))).toEqual([]);
});

test('no request ever leaves the site', async ({ page, baseURL }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const lab = await openLab(page);
  await lab.runToItsEnd();
  const others = fetched.filter(
    (url) => !url.startsWith(baseURL ?? '') && !/^(?:blob|data|about):/.test(url),
  );
  expect(others).toEqual([]);
});
