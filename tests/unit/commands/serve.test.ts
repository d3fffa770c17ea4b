import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { CompressedFiles } from '../../../scripts/compressed.ts';
import { NothingToServe, portFromText, PortTaken, serve, urlToPlace } from '../../../scripts/serve.ts';
import { withSite } from '../site-folder.ts';

const FILES = {
  'index.html': 'home',
  'en/index.html': 'english',
  'en/a b.txt': 'text',
  'x.wasm': 'wasm',
  '404.html': 'not here',
};

/** Serves FILES under a base path on a free port while `use` runs. */
async function serving<T>(base: string, use: (url: string) => Promise<T>): Promise<T> {
  return withSite(FILES, async (folder) => {
    const server = await serve({ folder, base, port: 0, host: null });
    try {
      return await use(server.url);
    } finally {
      await server.close();
    }
  });
}

/** Status, type or place of redirection, and body of an answer. */
async function get(url: string): Promise<readonly (number | string | null)[]> {
  const answer = await fetch(url, { redirect: 'manual' });
  const { headers } = answer;
  return [answer.status, headers.get('location') ?? headers.get('content-type'), await answer.text()];
}

describe('the server of the built site', () => {
  it('answers with pages, files and their types', async () => {
    await serving('/', async (url) => {
      assert.deepEqual(await get(url), [200, 'text/html; charset=utf-8', 'home']);
      assert.deepEqual(await get(`${url}en/?q`), [200, 'text/html; charset=utf-8', 'english']);
      assert.deepEqual(await get(`${url}en/a%20b.txt`), [200, 'text/plain; charset=utf-8', 'text']);
      assert.deepEqual(await get(`${url}x.wasm`), [200, 'application/wasm', 'wasm']);
    });
  });

  it('adds the slash that a folder lacks, and shows the page for what is not there', async () => {
    await serving('/', async (url) => {
      assert.deepEqual(await get(`${url}en?q=1`), [301, '/en/?q=1', '']);
      assert.deepEqual(await get(`${url}nix`), [404, 'text/html; charset=utf-8', 'not here']);
      assert.deepEqual(await get(`${url}index.html/`), [404, 'text/html; charset=utf-8', 'not here']);
    });
  });

  it('serves what is there while the rest is built, says of others that they come, and keeps what was read early', async () => {
    await withSite({ 'index.html': 'early', 'early.js': '1' }, async (first) => {
      await withSite(
        { 'index.html': 'late', 'more/index.html': 'more', '404.html': 'not here' },
        async (folder) => {
          const building = { first, isOver: false };
          const server = await serve({ folder, base: '/', port: 0, host: null, building });
          try {
            assert.deepEqual((await get(server.url))[2], 'early');
            const [status, type, body] = await get(`${server.url}more/`);
            assert.deepEqual([status, type], [503, 'text/html; charset=utf-8']);
            assert.match(String(body), /http-equiv="refresh".*being built/s);
            building.isOver = true;
            assert.deepEqual((await get(server.url))[2], 'late');
            assert.deepEqual((await get(`${server.url}more/`))[2], 'more');
            assert.deepEqual((await get(`${server.url}early.js`))[2], '1');
            assert.deepEqual((await get(`${server.url}nix`))[0], 404);
          } finally {
            await server.close();
          }
        },
      );
    });
  });

  it('sends texts compressed where it is asked to, to who takes them, and other files as they are', async () => {
    const text = 'a line of a page\n'.repeat(200);
    await withSite({ 'index.html': text, 'a.png': text }, async (folder) => {
      const compressed = new CompressedFiles();
      const server = await serve({ folder, base: '/', port: 0, host: null, compressed });
      try {
        for (const [file, accepted, encoding] of [
          ['', 'gzip, deflate, br', 'br'],
          ['', 'gzip, br;q=0', 'gzip'],
          ['', 'identity', null],
          ['a.png', 'gzip, br', null],
        ] as const) {
          const answer = await fetch(server.url + file, { headers: { 'accept-encoding': accepted } });
          assert.equal(answer.headers.get('content-encoding'), encoding);
          const length = Number(answer.headers.get('content-length'));
          assert.ok(
            encoding === null ? length === text.length : length < 200,
            `${file} ${accepted} ${length}`,
          );
          assert.equal(await answer.text(), text);
        }
      } finally {
        await server.close();
      }
    });
  });

  it('serves under a base path and nothing beside it', async () => {
    await serving('/docs/', async (url) => {
      assert.match(url, /^http:\/\/localhost:\d+\/docs\/$/);
      assert.deepEqual(await get(url), [200, 'text/html; charset=utf-8', 'home']);
      assert.deepEqual(await get(url.slice(0, -1)), [301, '/docs/', '']);
      assert.deepEqual((await get(new URL('/en/', url).href))[0], 404);
    });
  });

  it('leaves the folder by no address', async () => {
    for (const pathname of ['/../a', '/%2e%2e/a', '/a/..%2f..%2fb', '/..%5ca', '/%00', '/%']) {
      assert.equal(urlToPlace(pathname, '/'), null, pathname);
    }
    // Past URL's own tidying, as a hand-written request may be.
    await serving('/', async (url) => {
      const status = await new Promise((resolve) => {
        const { port } = new URL(url);
        request({ port, host: '127.0.0.1', path: '/../../etc/passwd' }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).end();
      });
      assert.equal(status, 404);
    });
  });

  it('says that a port is taken, and that there is nothing to serve', async () => {
    await serving('/', async (url) => {
      const port = Number(new URL(url).port);
      await assert.rejects(serve({ folder: '.', base: '/', port, host: null }), PortTaken);
    });
    await assert.rejects(serve({ folder: 'nowhere', base: '/', port: 0, host: null }), NothingToServe);
  });

  it('reads a port from text', () => {
    assert.deepEqual([portFromText(undefined), portFromText(''), portFromText('4400')], [null, null, 4400]);
    for (const text of ['x', '-1', '1.5', '70000']) assert.throws(() => portFromText(text), RangeError);
  });
});
