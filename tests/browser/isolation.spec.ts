import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';
import { LabPage, openLab } from './lab-page.ts';
import { setHidden } from './set-hidden.ts';

const PYODIDE = path.resolve(import.meta.dirname, '../../node_modules/pyodide');

/**
 * Every way out that a reader's Python can think of, or `only` some. Each attempt says how it ended; those that answer
 * later are waited for, so that what would arrive has arrived when the handler returns.
 */
function attempts(address: string, only: readonly string[] | null = null): string {
  const { host, hostname, port } = new URL(address);
  return `import asyncio
import http.client
import socket
import urllib.request

import js
import pyodide_js
from pyodide.code import run_js
from pyodide.ffi import create_proxy, run_sync, to_js
from pyodide.webloop import WebLoop

ADDRESS = "${address}"
ONLY = ${only === null ? 'None' : JSON.stringify(only)}
reached = []
stopped = []


def attempt(name, way):
    print(name)
    try:
        result = way()
        if hasattr(result, "then"):
            # A promise that never settles has reached nothing.
            result = run_sync(asyncio.wait_for(result, 2))
        reached.append(f"{name}: {str(result)[:80]}")
    except BaseException as error:
        stopped.append(f"{name}: {type(error).__name__}")


def xhr():
    request = js.XMLHttpRequest.new()
    request.open("GET", ADDRESS + "xhr", False)
    request.send()
    return request.status


def connect():
    connection = socket.create_connection(("${hostname}", ${port}), 2)
    connection.sendall(b"GET /socket HTTP/1.0\\r\\n\\r\\n")
    return connection.recv(9)


def get():
    connection = http.client.HTTPConnection("${host}", timeout=2)
    connection.request("GET", "/http-client")
    return connection.getresponse().status


def opened(thing, opening="onopen"):
    """Wait for a JavaScript object that tells later whether it reached anything."""
    return js.Promise.new(
        create_proxy(lambda yes, no: (setattr(thing, opening, yes), setattr(thing, "onerror", no)))
    )


def worker():
    code = js.Blob.new(to_js([f"fetch('{ADDRESS}worker', {{mode: 'no-cors'}}).then(() => postMessage(1))"]))
    return opened(js.Worker.new(js.URL.createObjectURL(code)), "onmessage")


# Text that JavaScript would run, were it allowed to.
SCRIPT = f"return fetch('{ADDRESS}constructor', {{mode: 'no-cors'}})"

ATTEMPTS = {
    "fetch": lambda: js.fetch(ADDRESS + "fetch", mode="no-cors"),
    "XMLHttpRequest": xhr,
    "socket": connect,
    "http.client": get,
    "urllib": lambda: urllib.request.urlopen(ADDRESS + "urllib", timeout=2).status,
    "WebSocket": lambda: opened(js.WebSocket.new(ADDRESS.replace("http", "ws") + "web-socket")),
    "EventSource": lambda: opened(js.EventSource.new(ADDRESS + "events")),
    "WebTransport": lambda: js.WebTransport.new(ADDRESS + "transport").ready,
    "sendBeacon": lambda: js.navigator.sendBeacon(ADDRESS + "beacon", "x"),
    "importScripts": lambda: js.importScripts(ADDRESS + "import-scripts.js"),
    "a worker": worker,
    "a worker from the server": lambda: opened(js.Worker.new(ADDRESS + "worker.js"), "onmessage"),
    "a shared worker": lambda: opened(js.SharedWorker.new(ADDRESS + "shared.js"), "onmessage"),
    "eval": lambda: js.eval(SCRIPT.removeprefix("return ")),
    "run_js": lambda: run_js(SCRIPT.removeprefix("return ")),
    "constructor.constructor": lambda: js.Object.new().constructor.constructor(SCRIPT)(),
    "a function of another realm's making": lambda: js.Function.new(SCRIPT)(),
    "a package": lambda: list(run_sync(pyodide_js.loadPackage(ADDRESS + "package-1.0-py3-none-any.whl")))[0],
    "service worker": lambda: js.navigator.serviceWorker.register(ADDRESS + "service-worker.js"),
    "IndexedDB": lambda: opened(js.indexedDB.open("reader"), "onsuccess"),
    "Cache Storage": lambda: js.caches.open("reader"),
    "the site's worker": lambda: js.navigator.serviceWorker.controller.postMessage("from a reader"),
    "the Origin Private File System": lambda: js.navigator.storage.getDirectory(),
    "localStorage": lambda: js.localStorage.setItem("reader", "was here"),
    "cookies": lambda: js.document.cookie,
    "BroadcastChannel": lambda: js.BroadcastChannel.new("reader"),
    "the page": lambda: js.parent.document.title,
    "the page's messages": lambda: js.postMessage("from a reader"),
}


def lambda_handler(event, context):
    # Pyodide waits for promises by its own loop, which a process of the lab does not have.
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(running or WebLoop())
    for name, way in ATTEMPTS.items():
        if ONLY is None or name in ONLY:
            attempt(name, way)
    if ONLY is None:
        js.setTimeout(SCRIPT, 0)
    # What was begun and not waited for has its time now.
    run_sync(asyncio.sleep(1))
    asyncio._set_running_loop(running)
    return {"reached": reached, "stopped": stopped, "origin": str(js.location.origin)}
`;
}

/** A server on a port of its own that remembers every request, and serves the control's page. */
async function listen(): Promise<{ server: Server; address: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('access-control-allow-origin', '*');
    if (pathname === '/control.html') {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>control</title>');
    } else if (pathname.startsWith('/pyodide/')) {
      const type = pathname.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
      readFile(path.join(PYODIDE, path.basename(pathname))).then(
        (bytes) => response.setHeader('content-type', type).end(bytes),
        () => response.writeHead(404).end(),
      );
    } else {
      requests.push(pathname);
      response.end('reached');
    }
  });
  server.on('connect', () => requests.push('connect'));
  server.on('upgrade', (_request, socket) => {
    requests.push('upgrade');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, address: `http://127.0.0.1:${String(port)}/`, requests };
}

test(
  'reader code reaches no network, no storage and no other worker; without the frame it would',
  BOTH,
  async ({ page, context }) => {
    test.setTimeout(180_000);
    const { server, address, requests } = await listen();
    try {
      const source = attempts(address);
      const lab = await openLab(page, { source });
      // Some attempts are waited for: the page's limit is for none of them.
      await setHidden(page, true);
      await lab.runToItsEnd();
      const answer = JSON.parse((await lab.answer.locator('pre').textContent()) ?? '') as {
        reached: string[];
        stopped: string[];
        origin: string;
      };
      expect(answer.reached).toEqual([]);
      expect(answer.stopped.length).toBeGreaterThan(20);
      expect(answer.origin).toBe('null');
      expect(requests).toEqual([]);

      // The page itself may be reached by the site alone, and nothing was left behind in it.
      expect(
        await page.evaluate(async () => [
          (await indexedDB.databases()).length,
          (await caches.keys()).length,
          (await navigator.serviceWorker.getRegistrations()).length,
        ]),
      ).toEqual([0, 0, 0]);

      // The control: the same Python in workers of a plain page. In Firefox a worker that makes another one may never go on
      // after it, so that one makes nothing else.
      const control = await context.newPage();
      await control.goto(`${address}control.html`);
      for (const ways of [['fetch', 'constructor.constructor'], ['a worker']]) {
        const code = `
          const { loadPyodide } = await import('${address}pyodide/pyodide.mjs');
          const python = await loadPyodide({ indexURL: '${address}pyodide/' });
          await python.runPythonAsync(${JSON.stringify(`${attempts(address, ways)}\nlambda_handler({}, None)`)});
        `;
        await control.evaluate((code) => {
          const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
          // Under its own name, so that none is collected.
          Object.assign(window, { [url]: new Worker(url, { type: 'module' }) });
        }, code);
      }
      // It is the server that tells.
      await expect
        .poll(() => requests)
        .toEqual(expect.arrayContaining(['/fetch', '/constructor', '/worker']));
    } finally {
      server.close();
      server.closeAllConnections();
    }
  },
);

test.describe('beside the site’s worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the runner frame can neither register one, nor reach it or what it keeps', BOTH, async ({ page }) => {
    await page.goto('en/who-called-me/#print-the-stack--lambda-2016');
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await new LabPage(page, 'en').run.hover();
    const frame = page.locator('iframe[title="Python runner"]').first();
    await frame.waitFor({ state: 'attached' });
    const inner = await (await frame.elementHandle()).contentFrame();
    // Before its document comes it has an empty one.
    await inner?.waitForURL('about:srcdoc');
    const reached = await inner?.evaluate(async (worker) => {
      const ways: Record<string, () => unknown> = {
        register: () => navigator.serviceWorker.register(worker),
        registrations: () => navigator.serviceWorker.getRegistrations(),
        controller: () =>
          navigator.serviceWorker.controller?.postMessage('from a reader') ?? Promise.reject(new Error()),
        caches: () => caches.keys(),
      };
      const reached: string[] = [];
      for (const [name, way] of Object.entries(ways)) {
        try {
          await way();
          reached.push(name);
        } catch {
          // As it should be.
        }
      }
      return { reached, origin, address: location.href };
    }, new URL('sw.js', test.info().project.use.baseURL).href);
    expect(reached).toEqual({ reached: [], origin: 'null', address: 'about:srcdoc' });
    // The site's own, of which the frame knows nothing.
    expect(await page.evaluate(async () => (await caches.keys()).length)).toBeGreaterThan(0);
  });
});
