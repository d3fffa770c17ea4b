/** The built site and a bare page on one server, for the benches that need a browser. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { chromium, type Browser } from '@playwright/test';
import { addressFromEnvironment, buildIfChanged, DIST } from '../build.ts';
import { findBrowser } from '../find-browser.ts';

const PYODIDE = path.resolve(import.meta.dirname, '../../node_modules/pyodide');
const PYTHON_FILES = [
  'pyodide.mjs',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
];

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

/** Builds the site if need be, serves it, and hands over a browser and the address; both are ended afterwards. */
export async function withSite<Result>(
  use: (browser: Browser, address: string) => Promise<Result>,
): Promise<Result> {
  const found = findBrowser('chromium');
  if (found === null) throw new RangeError('The bench needs Chromium: npm run install-browsers brings it.');
  await buildIfChanged(addressFromEnvironment());
  const { server, address } = await serve();
  const browser = await chromium.launch(found.launch);
  try {
    return await use(browser, address);
  } finally {
    await browser.close();
    server.close();
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
