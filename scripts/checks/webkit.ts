/**
 * Does a lab run in WebKit? Boot, a warm run, Stop in an endless loop, the run after it, the ways out of the sandbox, and a
 * run without a network, in WebKitGTK by its own WebDriver (Debian: webkit2gtk-driver, and xvfb where there is no screen). Where the driver is
 * not there this says so and counts as left out: it is no engine that every machine can have.
 */
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { addressFromEnvironment, DIST } from '../build.ts';
import { serve, type RunningServer } from '../serve.ts';
import { LEFT_OUT } from '../left-out.ts';
import { findProgram, inBrowser, openScreen, type Session } from '../webkit-driver.ts';

/** Loops for ever until a bucket, which outlives environments, says that it has run before. */
const LOOPS_ONCE = `import boto3

def lambda_handler(event, context):
    seen = boto3.resource("s3").Bucket("seen")
    seen.create()
    again = list(seen.objects.all())
    boto3.resource("s3").Object("seen", "it").put(Body=b"")
    print("again" if again else "looping")
    while not again:
        pass
    return "done"
`;

/** Every way out; what none of them reaches is counted by the server at ADDRESS as well. */
const PROBES = (address: string): string => `import js
from pyodide.code import run_js

ADDRESS = "${address}"
WAYS = {
    "fetch": lambda: js.fetch(ADDRESS),
    "XMLHttpRequest": lambda: js.XMLHttpRequest.new(),
    "WebSocket": lambda: js.WebSocket.new(ADDRESS.replace("http", "ws")),
    "EventSource": lambda: js.EventSource.new(ADDRESS),
    "importScripts": lambda: js.importScripts(ADDRESS),
    "a worker": lambda: js.Worker.new(ADDRESS),
    "a worker from a blob": lambda: js.Worker.new(js.URL.createObjectURL(js.Blob.new([]))),
    "eval": lambda: js.eval("1"),
    "run_js": lambda: run_js("1"),
    "constructor.constructor": lambda: js.Object.new().constructor.constructor("return 1")(),
    "IndexedDB": lambda: js.indexedDB.open("reader"),
    "Cache Storage": lambda: js.caches.open("reader"),
    "localStorage": lambda: js.localStorage.setItem("reader", "was here"),
    "service worker": lambda: js.navigator.serviceWorker.register(ADDRESS),
    "the page": lambda: js.parent.document.title,
}


def lambda_handler(event, context):
    reached = []
    for name, way in WAYS.items():
        try:
            way()
            reached.append(name)
        except BaseException:
            pass
    return {"reached": reached, "tried": len(WAYS), "origin": str(js.location.origin)}
`;

const LAB = `document.querySelector('lab-root')`;
const STATUS = `${LAB}.querySelector('[role="status"]').textContent.trim()`;
const press = (button: string): string => `${LAB}.querySelector('.lab-${button}').click()`;

/**
 * Gives the lab's handler, or another one, more time than any run takes: taken out of the page and put in again, the element
 * reads its data anew.
 */
const REPLACE = `const lab = ${LAB}, data = lab.querySelector(':scope > script[type="application/json"]:not([id])'), after = lab.nextSibling;
const content = JSON.parse(data.textContent);
if (arguments.length > 0) content.task = { '/var/task/lambda_function.py': { text: arguments[0] } };
content.setup.timeout = 300000;
data.textContent = JSON.stringify(content);
const { parentNode } = lab;
lab.remove();
parentNode.insertBefore(lab, after);`;

/** Searches by the dialog of the page. */
async function search(session: Session, words: string): Promise<void> {
  await session.until(`customElements.get('site-search') !== undefined`, /true/);
  await session.run(`document.querySelector('.search-button').click()`);
  await session.until(`document.querySelector('#search input[role=combobox]') !== null`, /true/);
  await session.run(
    `const field = document.querySelector('#search input[role=combobox]');
    field.value = arguments[0];
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));`,
    words,
  );
  await session.until(`document.querySelectorAll('#search [role=option] mark').length > 0`, /true/);
  await session.run(`document.querySelector('#search').close()`);
}

/**
 * The network goes: pages that were opened are read in either language, and searched as one was; the lab that was run steps,
 * runs again, and packs its files. What the browser has taken in between is kept anew.
 */
async function goOffline(session: Session, site: RunningServer): Promise<void> {
  const article = `${site.url}en/who-called-me/`;
  const open = async (address: string): Promise<void> => {
    await session.go('about:blank');
    await session.go(address);
    await session.until(`customElements.get('lab-root') !== undefined`, /true/);
  };
  const run = async (): Promise<void> => {
    await session.run(REPLACE);
    await session.run(press('run'));
    await session.until(STATUS, /^Finished, \d+ lines?$/);
  };
  const isKept = (...parts: readonly string[]): Promise<string> =>
    session.until(
      `(async () => {
        const kept = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
        const urls = (await Promise.all(kept)).flat().map(({ url }) => url);
        return ${JSON.stringify(parts)}.every((part) => urls.some((url) => url.includes(part)));
      })()`,
      /true/,
    );
  await open(article);
  await session.until(`navigator.serviceWorker.controller !== null`, /true/);
  await session.run(
    `return caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => 'gone');`,
  );
  await open(`${site.url}ja/who-called-me/`);
  await isKept('/ja/who-called-me/', '/ja/offline/');
  await open(article);
  await run();
  await search(session, 'cold start');
  await isKept(
    '/en/who-called-me/',
    'pyodide-asm-wasm',
    '/storage-download.',
    ...(await readdir(path.join(DIST, 'en/search'))).map((name) => `/en/search/${name}`),
    '/traces/',
  );
  await site.close();

  await open(article);
  await session.run(`${LAB}.querySelector('.time-next').click()`);
  await session.until(STATUS, /^Step \d+ of /);
  await run();
  await session.run(`${LAB}.querySelector('[data-view="files"] .lab-storage-all').click()`);
  await session.until(STATUS, /^Packed, /);
  await search(session, 'traceback');
  await session.run(`document.querySelector('a[hreflang=ja]').click()`);
  await session.until(`document.querySelector('h1').textContent`, /ハンドラー/);
  console.log(
    'Without a network pages are read and searched, and their lab steps, runs and packs its files.',
  );
}

/** What a reader does, step by step; throws at the first step that does not come out. */
async function smoke(session: Session, site: string): Promise<void> {
  const article = `${site}en/who-called-me/`;
  await session.go(article);
  await session.until(`customElements.get('lab-root') !== undefined`, /true/);
  await session.run(REPLACE);
  await session.run(press('run'));
  await session.until(STATUS, /^Finished, \d+ lines?$/);
  await session.until(`${LAB}.querySelector('lab-output').textContent`, /in lambda_handler/);
  await session.until(`${LAB}.querySelector('.lab-origin').textContent`, /your run: a cold start/);
  console.log('It boots, runs and answers.');

  await session.run(REPLACE, LOOPS_ONCE);
  await session.run(press('run'));
  await session.until(`${LAB}.querySelector('lab-output').textContent`, /looping/);
  await session.run(press('stop'));
  await session.until(STATUS, /^Stopped$/);
  await session.run(press('run'));
  await session.until(`${LAB}.querySelector('.lab-payload').textContent`, /"done"/);
  console.log('Stop ends an endless loop, and the next run works.');

  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    await session.go(article);
    await session.until(`customElements.get('lab-root') !== undefined`, /true/);
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    await session.run(REPLACE, PROBES(address));
    await session.run(press('run'));
    const answer = await session.until(`${LAB}.querySelector('.lab-payload').textContent`, /"tried"/);
    const { reached, tried, origin } = JSON.parse(answer) as Record<string, unknown>;
    if (JSON.stringify([reached, origin, requests]) !== '[[],"null",[]]')
      throw new Error(`${answer}; requests that arrived: ${JSON.stringify(requests)}`);
    console.log(`Of ${String(tried)} ways out of the sandbox none leads anywhere.`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/**
 * An embed in a sandboxed frame of another site, from a host without the header and from one with it. Here `'self'` is
 * nothing in an opaque origin: styles and parts come by the origin that the policy names.
 */
async function embeds(session: Session, sites: readonly string[]): Promise<void> {
  const frames = sites.map(
    (site) =>
      `<iframe sandbox="allow-scripts" width="700" height="560" src="${site}en/embed/v1/find-the-imports--lambda-2016/#step-3"></iframe>`,
  );
  const blog = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(`<!doctype html>${frames.join('')}`);
  });
  await once(blog.listen(0, 'localhost'), 'listening');
  try {
    await session.go(`http://localhost:${String((blog.address() as AddressInfo).port)}/`);
    for (const [place, ending] of [/keeps it from loading Python/, /^Finished, \d+ lines?$/].entries()) {
      await session.frame(place);
      await session.until(`getComputedStyle(document.querySelector('.bench')).display`, /flex/);
      await session.until(STATUS, /^Step 3 of /);
      await session.run(REPLACE);
      await session.run(press('run'));
      await session.until(STATUS, ending);
      await session.frame(null);
    }
    console.log('A sandboxed embed steps without the header, and runs with it.');
  } finally {
    blog.close();
    blog.closeAllConnections();
  }
}

async function main(): Promise<void> {
  const program = findProgram('WebKitWebDriver');
  const screen = program === null ? null : await openScreen();
  if (program === null || screen === null) {
    console.log(
      `${LEFT_OUT}there is no ${program === null ? 'WebKitWebDriver' : 'Xvfb'} (Debian: apt-get install webkit2gtk-driver xvfb).`,
    );
    return;
  }
  const { base } = addressFromEnvironment();
  const open = (allowOrigin: boolean): Promise<RunningServer> =>
    serve({ folder: DIST, base, port: 0, host: '127.0.0.1', allowOrigin });
  const site = await open(false);
  const withHeader = await open(true);
  // Each part in a browser of its own: after a dozen environments WebKit may have taken the room for what the offline part keeps.
  const inWebKit = (steps: (session: Session) => Promise<void>): Promise<void> =>
    inBrowser(program, screen.display, steps);
  try {
    await inWebKit((session) => smoke(session, site.url));
    await inWebKit((session) => embeds(session, [site.url, withHeader.url]));
    // Its own, as it is closed on the way: each attempt begins with one that answers.
    await inWebKit(async (session) => {
      const leaving = await open(false);
      try {
        await goOffline(session, leaving);
      } finally {
        await leaving.close();
      }
    });
  } finally {
    await screen.close();
    await site.close();
    await withHeader.close();
  }
}

await main();
