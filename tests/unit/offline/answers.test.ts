import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { haveFirst, install } from '../../../src/offline/install.ts';
import { keepForLabs, keepingTogether, measureKept } from '../../../src/offline/keeping.ts';
import type { FromWorker } from '../../../src/offline/messages.ts';
import { answer, FakeCaches, FakeHost, makeBuild, page, Worker } from './fakes.ts';

const SCRIPT = '_astro/lab.1.js';
const TRACE = 'traces/one.json';
const PYTHON = '_sandbox/python.1.bin';
const IMAGE = '_sandbox/boot-image.1.bin';
const LATER = '_astro/download.1.js';
const INDEX = 'en/search/index.json';
const TEXTS = 'en/search/0a.json';

const textsOf = (build: string): Record<string, string> => ({
  'en/': page(build, 'Home'),
  'en/one/': page(build, 'One', `"/base/${TRACE}"`),
  [SCRIPT]: 'script',
  [PYTHON]: 'python',
  [IMAGE]: 'image',
  [LATER]: 'later',
  [TRACE]: `trace of ${build}`,
  'traces/of-no-kept-page.json': 'trace',
  'en/errors.json': 'errors',
  [INDEX]: 'index',
  [TEXTS]: 'texts',
});

/** A site that was opened once: its page, with a script and a trace. */
async function visited(build = 'aa') {
  const { own, files } = await makeBuild(build, textsOf(build));
  const caches = new FakeCaches();
  const host = new FakeHost();
  host.files = files;
  const worker = new Worker(own, caches, host);
  await worker.answers.caches.writeList();
  await worker.get('en/one/', 'tab');
  await worker.get(SCRIPT, 'tab');
  await worker.get(TRACE, 'tab');
  await worker.settle();
  return { own, caches, host, worker };
}

/** The next build on the same host, with a worker of its own beside the old one. */
async function deploy({ caches, host }: { caches: FakeCaches; host: FakeHost }) {
  const { own, files } = await makeBuild('bb', textsOf('bb'));
  host.files = files;
  const worker = new Worker(own, caches, host);
  await worker.answers.caches.writeList();
  return worker;
}

suite('without a network', () => {
  test('a page that was opened is there with what it had loaded, and no other', async () => {
    const { host, worker } = await visited();
    host.files = null;
    assert.equal(await worker.get('en/one/', 'next'), textsOf('aa')['en/one/']);
    assert.equal(await worker.get(SCRIPT, 'next'), 'script');
    assert.equal(await worker.get(TRACE, 'next'), 'trace of aa');
    assert.equal(await worker.get(PYTHON, 'next'), null);
    assert.equal(await worker.get('en/', 'next'), null);
  });

  test('an address that has lost its last slash leads to the page, where that was opened', async () => {
    const { host, worker } = await visited();
    host.files = null;
    const request = new Request('http://host/base/en/one?a=b');
    const answer = await worker.answers.page(request, 'en/one', 'next', () => undefined);
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, 'http://host/base/en/one/?a=b']);
  });

  test('a worker that was ended in between answers the same', async () => {
    const { own, caches, host } = await visited();
    host.files = null;
    const again = new Worker(own, caches, host);
    assert.equal(await again.get(TRACE, 'tab'), 'trace of aa');
  });

  test('a page that was opened before the worker was there is there as well', async () => {
    const { own, files } = await makeBuild('aa', textsOf('aa'));
    const host = new FakeHost();
    host.files = files;
    const worker = new Worker(own, new FakeCaches(), host);
    await worker.answers.keepOpened('en/one/', 'tab', [SCRIPT, 'cards/en/one.png']);
    host.files = null;
    assert.equal(await worker.get('en/one/', 'next'), textsOf('aa')['en/one/']);
    assert.equal(await worker.get(SCRIPT, 'next'), 'script');
    // Nobody has stepped yet.
    assert.equal(await worker.get(TRACE, 'tab'), 'trace of aa');
  });
});

suite('a run', () => {
  test('brings what a reader may do with it later', async () => {
    const { host, worker } = await visited();
    await worker.get(IMAGE, 'tab');
    await worker.settle();
    host.files = null;
    assert.equal(await worker.get(LATER, 'tab'), 'later');
    assert.equal(await worker.get(PYTHON, 'tab'), null);
  });
});

suite('the search', () => {
  test('that was used once shows the texts of anything that it finds', async () => {
    const { host, worker } = await visited();
    await worker.get(INDEX, 'tab');
    await worker.settle();
    host.files = null;
    assert.equal(await worker.get(TEXTS, 'tab'), 'texts');
  });

  test('that was used before the worker was there does so as well', async () => {
    const { host, worker } = await visited();
    await worker.answers.keepOpened('en/one/', 'tab', [INDEX]);
    host.files = null;
    assert.equal(await worker.get(INDEX, 'tab'), 'index');
    assert.equal(await worker.get(TEXTS, 'tab'), 'texts');
  });
});

suite('with a network', () => {
  test('a page comes from it, a file that is kept does not', async () => {
    const { host, worker } = await visited();
    host.requests.length = 0;
    await worker.get('en/one/', 'next');
    await worker.get(SCRIPT, 'next');
    await worker.get(TRACE, 'next');
    assert.deepEqual(host.requests, ['/base/en/one/']);
  });

  test('that is slow, a kept page is shown; what comes later is kept, and is not what the page is of', async () => {
    const { host, worker, ...site } = await visited();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    await deploy({ host, ...site });
    host.turn = promise;
    worker.patience = Promise.resolve();
    assert.equal(await worker.get('en/one/', 'slow'), textsOf('aa')['en/one/']);
    resolve(undefined);
    await worker.settle();
    assert.equal(await worker.get(TRACE, 'slow'), 'trace of aa');
    host.files = null;
    assert.equal(await worker.get('en/one/', 'next'), textsOf('bb')['en/one/']);
  });

  test('whose host is in trouble, a kept page is shown, and one that is not kept is the host’s answer', async () => {
    const { host, worker } = await visited();
    const down = answer('down', 'text/html', 503);
    host.files = new Map([
      ['/base/en/one/', down],
      ['/base/en/', down],
    ]);
    assert.equal(await worker.get('en/one/', 'next'), textsOf('aa')['en/one/']);
    assert.equal(await worker.get('en/', 'next'), 'down');
  });

  test('nothing is kept of what a foreign network answers', async () => {
    const { host, worker } = await visited();
    const files = host.files;
    const form = answer('<!doctype html>Log in', 'text/html');
    host.files = new Map(['en/', 'en/one/', PYTHON, TRACE].map((path) => [`/base/${path}`, form]));
    assert.equal(await worker.get('en/', 'next'), '<!doctype html>Log in');
    await worker.get(PYTHON, 'tab');
    await worker.settle();
    host.files = files;
    assert.equal(await worker.get(PYTHON, 'tab'), 'python');
    host.files = null;
    assert.equal(await worker.get('en/', 'next'), null);
  });

  test('a damaged entry is noticed, and fetched anew', async () => {
    const { caches, host, worker } = await visited();
    const cache = caches.stored.get('handler /base/ aa');
    for (const path of [SCRIPT, TRACE]) {
      const url = `http://host/base/${path}`;
      const headers = cache?.get(url)?.headers;
      cache?.set(url, new Response('poison', headers === undefined ? {} : { headers }));
    }
    host.requests.length = 0;
    assert.equal(await worker.get(SCRIPT, 'tab'), 'script');
    assert.equal(await worker.get(TRACE, 'tab'), 'trace of aa');
    await worker.settle();
    assert.deepEqual(host.requests, [`/base/${SCRIPT}`, `/base/${TRACE}`]);
    host.files = null;
    assert.equal(await worker.get(SCRIPT, 'tab'), 'script');
  });

  test('a list that was cut, or is something else, is none, and is written anew', async () => {
    for (const text of ['{"build":"aa","fi', 'null', '[]', '{"build":"aa","files":{"_astro/lab.1.js":7}}']) {
      const { caches, host, worker, own } = await visited();
      const cache = caches.stored.get('handler /base/ aa') ?? assert.fail();
      cache.set('http://host/base/~files', new Response(text));
      const next = await deploy({ caches, host });
      // The page of the older build has its own files by the hash that is kept with each.
      assert.equal(await next.get(SCRIPT, 'tab'), 'script', text);
      assert.equal(await next.get('en/one/', 'tab'), textsOf('bb')['en/one/'], text);
      await next.settle();
      await measureKept(own, next.answers);
      // Its own worker says once more what the build is made of.
      await worker.answers.caches.writeList();
      assert.deepEqual(await cache.get('http://host/base/~files')?.clone().json(), own, text);
    }
  });

  test('a title that cannot be read is none', async () => {
    const { caches, own, worker } = await visited();
    const cache = caches.stored.get('handler /base/ aa') ?? assert.fail();
    const url = 'http://host/base/en/one/';
    const headers = new Headers(cache.get(url)?.headers);
    headers.set('x-kept-title', '%');
    cache.set(url, new Response(textsOf('aa')['en/one/'], { headers }));
    assert.deepEqual((await measureKept(own, worker.answers)).pages, []);
    assert.equal(await worker.get('en/one/', 'tab'), textsOf('aa')['en/one/']);
  });

  test('a page that asks anew is not answered from the cache', async () => {
    const { host, worker } = await visited();
    host.requests.length = 0;
    await worker.get(SCRIPT, 'tab', { cache: 'reload' });
    assert.deepEqual(host.requests, [`/base/${SCRIPT}`]);
  });
});

suite('a deploy in between', () => {
  for (const [which, worker] of [
    ['old', 0],
    ['new', 1],
  ] as const) {
    test(`gives an open page its own files, and none of the next build (by the ${which} worker)`, async () => {
      const site = await visited();
      const workers = [site.worker, await deploy(site)];
      const answers = workers[worker] ?? assert.fail();
      assert.equal(await answers.get(TRACE, 'tab'), 'trace of aa');
      site.caches.stored.get('handler /base/ aa')?.delete(`http://host/base/${TRACE}`);
      assert.equal(await answers.get(TRACE, 'tab'), null);
      assert.equal(await answers.get('en/one/', 'next'), textsOf('bb')['en/one/']);
      assert.equal(await answers.get(TRACE, 'next'), 'trace of bb');
    });
  }

  test('removes builds that no open page is of, but for the one before', async () => {
    const site = await visited();
    const next = await deploy(site);
    await next.get('en/one/', 'other');
    await next.settle();
    const { own, files } = await makeBuild('cc', textsOf('cc'));
    site.host.files = files;
    const last = new Worker(own, site.caches, site.host);
    await last.answers.caches.writeList();
    await last.answers.caches.prune(['tab']);
    assert.deepEqual(await last.answers.caches.builds(), ['cc', 'bb', 'aa']);
    await last.answers.caches.prune([]);
    assert.deepEqual(await last.answers.caches.builds(), ['cc', 'bb']);
    site.host.files = null;
    // Its name says what is in it: the newest build has it from the oldest.
    assert.equal(await last.get(SCRIPT, 'tab'), 'script');
  });

  test('that was cut short leaves nothing that is shown, and takes no place of what was read', async () => {
    const site = await visited();
    const PAGE = 'en/offline/';
    const half = await makeBuild('bb', {
      ...textsOf('bb'),
      [PAGE]: page('bb', 'Offline'),
      '_astro/new.js': '',
    });
    site.host.files = new Map([...half.files].filter(([path]) => !path.endsWith('new.js')));
    const first = { ...half.own, first: [PAGE, SCRIPT, '_astro/new.js'] };
    await assert.rejects(install(first, new Worker(first, site.caches, site.host).answers));
    site.host.files = null;
    assert.equal(await site.worker.get(PAGE, 'next'), null);

    const { own } = await makeBuild('cc', textsOf('cc'));
    const last = new Worker(own, site.caches, site.host);
    await last.answers.caches.writeList();
    await last.answers.caches.prune([]);
    assert.deepEqual(await last.answers.caches.builds(), ['cc', 'aa']);
  });

  test('leaves alone what another site keeps on the same origin', async () => {
    const { caches, worker } = await visited();
    await caches.open('handler /other/ aa');
    await worker.answers.caches.forget();
    assert.ok(caches.stored.has('handler /other/ aa'));
  });
});

suite('what is kept', () => {
  const heard = (): { said: FromWorker[]; say: (message: FromWorker) => void } => {
    const said: FromWorker[] = [];
    return { said, say: (message) => said.push(message) };
  };

  test('is told with its pages, its size, and what labs still need', async () => {
    const { own, worker } = await visited();
    const { bytes, ...state } = await measureKept(own, worker.answers);
    assert.deepEqual(state, {
      pages: [{ path: 'en/one/', title: 'One' }],
      missing: 'pythonimagelatererrorsindextexts'.length,
    });
    assert.equal(bytes, Buffer.byteLength(`${textsOf('aa')['en/one/'] ?? ''}scripttrace of aa`));
  });

  test('is on request all that labs need, with the data of kept pages and of later ones', async () => {
    const { own, caches, host, worker } = await visited();
    await worker.answers.caches.forget();
    await worker.answers.keepOpened('en/one/', 'tab', []);
    const { said, say } = heard();
    await keepForLabs(own, worker.answers, say);
    assert.equal(said.at(-1)?.type, 'state');
    host.files = null;
    for (const path of [SCRIPT, PYTHON, TRACE, INDEX, TEXTS])
      assert.equal(await worker.get(path, 'tab'), textsOf('aa')[path], path);
    assert.ok(caches.stored.size > 0);
  });

  test('is fetched once for two tabs that ask at a time, and both hear of it; a later one asks anew', async () => {
    const { own, host, worker } = await visited();
    await worker.answers.caches.forget();
    host.requests.length = 0;
    const keep = keepingTogether(own, worker.answers);
    const [one, other, later] = [heard(), heard(), heard()];
    await Promise.all([keep(one.say), keep(other.say)]);
    assert.deepEqual(host.requests.toSorted(), [...new Set(host.requests)].sort());
    assert.ok(host.requests.includes(`/base/${PYTHON}`));
    assert.equal(one.said.at(-1)?.type, 'state');
    assert.deepEqual(other.said, one.said);
    await keep(later.say);
    assert.equal(later.said.at(-1)?.type, 'state');
  });

  test('is what it was where the browser has no room, and the page is answered all the same', async () => {
    const { own, files } = await makeBuild('aa', textsOf('aa'));
    const caches = new FakeCaches();
    const host = new FakeHost();
    host.files = files;
    caches.refuses = true;
    const worker = new Worker(own, caches, host);
    assert.equal(await worker.get('en/one/', 'tab'), textsOf('aa')['en/one/']);
    assert.equal(await worker.get(SCRIPT, 'tab'), 'script');
    assert.equal(await worker.get(TRACE, 'tab'), 'trace of aa');
    await worker.settle();
    const { said, say } = heard();
    await keepForLabs(own, worker.answers, say);
    assert.deepEqual(said.at(-1), { type: 'failed', reason: 'full' });
  });

  test('is nothing where the browser’s storage is broken, and everything comes from the network', async () => {
    const { own, caches, worker, host } = await visited();
    caches.isBroken = true;
    for (const at of [worker, new Worker(own, caches, host)]) {
      assert.equal(await at.get('en/one/', 'tab'), textsOf('aa')['en/one/']);
      assert.equal(await at.get(SCRIPT, 'tab'), 'script');
      assert.equal(await at.get(TRACE, 'tab'), 'trace of aa');
      await at.settle();
    }
    // A slow network is no reason to look for what cannot be read.
    worker.patience = Promise.resolve();
    assert.equal(await worker.get('en/one/', 'tab'), textsOf('aa')['en/one/']);
    const { said, say } = heard();
    await keepForLabs(own, worker.answers, say);
    assert.deepEqual(said, [{ type: 'failed', reason: 'full' }]);
  });

  test('is forgotten but for what the worker has from its first day, of which an older build may have kept some', async () => {
    const site = await visited();
    const next = await deploy(site);
    const own = { ...(await makeBuild('bb', textsOf('bb'))).own, first: [SCRIPT] };
    const worker = new Worker(own, site.caches, site.host);
    await next.get('en/one/', 'next');
    await next.settle();
    await worker.answers.caches.forget();
    site.host.files = null;
    assert.equal(await worker.get(SCRIPT, 'next'), 'script');
    assert.equal(await worker.get('en/one/', 'next'), null);
    assert.deepEqual(await worker.answers.caches.builds(), ['bb']);
  });

  test('grows no further where the network goes away', async () => {
    const { own, host, worker } = await visited();
    host.files = null;
    const { said, say } = heard();
    await keepForLabs(own, worker.answers, say);
    assert.deepEqual(said.at(-1), { type: 'failed', reason: 'network' });
  });
});

suite('the first day of a worker', () => {
  const PAGE = 'en/offline/';
  const texts = (build: string): Record<string, string> => ({
    ...textsOf(build),
    [PAGE]: page(build, 'Offline'),
  });

  test('that was cut short begins anew, and does not fetch again what has come', async () => {
    const { own, files } = await makeBuild('aa', texts('aa'));
    const host = new FakeHost();
    const caches = new FakeCaches();
    const first = { ...own, first: [SCRIPT, PAGE] };
    host.files = new Map([...files].filter(([path]) => !path.endsWith(PAGE)));
    await assert.rejects(install(first, new Worker(first, caches, host).answers), /is not of this build/);
    host.files = files;
    await install(first, new Worker(first, caches, host).answers);
    const count = host.requests.filter((path) => path.endsWith(SCRIPT)).length;
    assert.equal(count, 1);
  });

  test('is made up for where the browser has taken what was kept', async () => {
    const { own, files } = await makeBuild('aa', texts('aa'));
    const host = new FakeHost();
    host.files = files;
    const caches = new FakeCaches();
    const first = { ...own, first: [PAGE, SCRIPT] };
    const { answers } = new Worker(first, caches, host);
    await install(first, answers);
    host.requests.length = 0;
    await haveFirst(first, answers);
    assert.deepEqual(host.requests, []);
    caches.stored.clear();
    await haveFirst(first, answers);
    assert.deepEqual(host.requests, [`/base/${SCRIPT}`, `/base/${PAGE}`]);
    host.files = null;
    assert.equal(await new Worker(first, caches, host).get(PAGE, 'tab'), texts('aa')[PAGE]);
  });

  test('shows its page where a page was never opened', async () => {
    const { own, files } = await makeBuild('aa', texts('aa'));
    const host = new FakeHost();
    host.files = files;
    const first = { ...own, first: [PAGE] };
    const worker = new Worker(first, new FakeCaches(), host);
    await install(first, worker.answers);
    host.files = null;
    assert.equal(await worker.get('en/one/', 'tab'), texts('aa')[PAGE]);
  });

  test('brings what labs need, where the reader keeps that', async () => {
    const site = await visited();
    await keepForLabs(site.own, site.worker.answers, () => undefined);
    const { own, files } = await makeBuild('bb', { ...texts('bb'), '_sandbox/python.2.bin': 'new python' });
    site.host.files = files;
    const worker = new Worker(own, site.caches, site.host);
    await install(own, worker.answers);
    site.host.files = null;
    assert.equal(await worker.get('_sandbox/python.2.bin', 'tab'), 'new python');
    assert.equal((await measureKept(own, worker.answers)).missing, 0);
  });
});
