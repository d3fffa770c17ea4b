import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PythonFiles, type Network } from '../../../src/sandbox/python-files.ts';
import { fakePage, nextTurn } from './fakes.ts';

const text = (bytes: ArrayBuffer): string => new TextDecoder().decode(bytes);

suite("Python's files", () => {
  test('arrive unpacked and verified, and are fetched once', async () => {
    const { files, host } = fakePage();
    const [one, other] = await Promise.all([files.python('pyodide.mjs'), files.python('pyodide.mjs')]);
    assert.equal(text(one), 'export {}');
    assert.equal(one, other);
    assert.equal(text(await files.python('python_stdlib.zip')), 'zip');
    assert.deepEqual(host.requests, ['_sandbox/mjs.bin', '_sandbox/zip.bin']);
  });

  test('tell their progress together, up to the last byte but not beyond', async () => {
    const { files, assets } = fakePage();
    const told: [number, number][] = [];
    const wasm = files.python('pyodide.asm.wasm');
    const library = files.python('python_stdlib.zip');
    const end = files.watch((received, total) => told.push([received, total]));
    await Promise.all([wasm, library]);
    end();
    const sizes = [
      assets.python['pyodide.asm.wasm'].transferred,
      assets.python['python_stdlib.zip'].transferred,
    ];
    const total = sizes.reduce((sum, size) => sum + size);
    assert.deepEqual(told[0], [0, total]);
    assert.ok(told.length > 1);
    assert.ok(told.every(([received, of]) => received < of && of === total));
  });

  test('have the boot image asked for when nearly all of the WebAssembly has come', async () => {
    const { assets, host } = fakePage();
    const size = 600_000;
    const wasm = { ...assets.python['pyodide.asm.wasm'], transferred: size };
    const body = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
    const writer = body.writable.getWriter();
    const files = new PythonFiles(
      { ...assets, python: { ...assets.python, 'pyodide.asm.wasm': wasm } },
      new URL('http://host/base/'),
      {
        ...host.network,
        fetch: (input, init) =>
          (input as URL).href.endsWith(wasm.path)
            ? Promise.resolve(new Response(body.readable))
            : host.network.fetch(input, init),
      },
    );
    const image = files.python('boot.image');
    await writer.write(new Uint8Array(size / 2));
    await nextTurn();
    assert.deepEqual(host.requests, []);
    await writer.write(new Uint8Array(size / 4));
    await image;
    assert.deepEqual(host.requests, [assets.python['boot.image'].path]);
    // The rest of it never comes.
    files.python('pyodide.asm.wasm').catch(() => undefined);
  });

  for (const [name, damage] of [
    ['cut', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, bytes.length / 2)],
    [
      'changed',
      (bytes: Uint8Array<ArrayBuffer>) =>
        bytes.map((byte, at) => (at === bytes.length - 9 ? byte ^ 1 : byte)),
    ],
    ['replaced by a page', () => new TextEncoder().encode('<!doctype html>')],
  ] as const) {
    for (const [file, path] of [
      ['pyodide.asm.wasm', '_sandbox/wasm.bin'],
      ['pyodide.mjs', '_sandbox/mjs.bin'],
    ] as const) {
      test(`are damaged when ${file} is ${name}; the next try asks the host, not the cache`, async () => {
        const { files, host } = fakePage();
        const whole = host.files.get(path) ?? assert.fail();
        host.files.set(path, damage(whole));
        await assert.rejects(files.python(file), { name: 'PythonFileDamaged', file });
        host.files.set(path, whole);
        await files.python(file);
        assert.deepEqual(host.caches, ['force-cache', 'reload']);
      });
    }
  }

  /** A host whose answers are cut off behind so many bytes, each time; `ranges` tells whether it gives parts of a file. */
  function cutHost(
    bytes: Uint8Array<ArrayBuffer>,
    each: number,
    ranges: boolean,
  ): {
    readonly network: Partial<Network>;
    readonly asked: (string | null)[];
  } {
    const asked: (string | null)[] = [];
    const fetch: Network['fetch'] = (_input, init) => {
      const range = new Headers(init?.headers).get('range');
      asked.push(range);
      const from = ranges && range !== null ? Number(/\d+/.exec(range)?.[0]) : 0;
      const rest = bytes.subarray(from);
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(rest.slice(0, each));
        },
        pull(controller) {
          if (rest.length <= each) controller.close();
          else controller.error(new TypeError('network error'));
        },
      });
      const part = {
        'content-range': `bytes ${String(from)}-${String(bytes.length - 1)}/${String(bytes.length)}`,
      };
      const isPart = ranges && range !== null;
      return Promise.resolve(new Response(body, isPart ? { status: 206, headers: part } : {}));
    };
    return { network: { fetch }, asked };
  }

  test('that are cut off again and again come to their end: only the rest is asked for', async () => {
    const { assets, host } = fakePage();
    const whole = host.files.get('_sandbox/wasm.bin') ?? assert.fail();
    const each = Math.ceil(whole.length / 3);
    const { network, asked } = cutHost(whole, each, true);
    const files = new PythonFiles(assets, new URL('http://host/base/'), { ...host.network, ...network });
    const missing = { name: 'PythonFileMissing', status: null };
    await assert.rejects(files.python('pyodide.asm.wasm'), missing);
    await assert.rejects(files.python('pyodide.asm.wasm'), missing);
    const told: number[] = [];
    const last = files.python('pyodide.asm.wasm');
    files.watch((received) => told.push(received));
    assert.equal(text(await last), 'wasm '.repeat(1000));
    assert.deepEqual(asked, [null, `bytes=${String(each)}-`, `bytes=${String(2 * each)}-`]);
    assert.ok(told.includes(2 * each), 'what is there already is told of as received');
  });

  test('that are cut off come whole from a host that gives no parts', async () => {
    const { assets, host } = fakePage();
    const whole = host.files.get('_sandbox/wasm.bin') ?? assert.fail();
    const { network } = cutHost(whole, 10, false);
    let isCut = true;
    const fetch: Network['fetch'] = (input, init) =>
      isCut && network.fetch ? network.fetch(input, init) : host.network.fetch(input, init);
    const files = new PythonFiles(assets, new URL('http://host/base/'), { ...host.network, fetch });
    await assert.rejects(files.python('pyodide.asm.wasm'), { name: 'PythonFileMissing' });
    isCut = false;
    assert.equal(text(await files.python('pyodide.asm.wasm')), 'wasm '.repeat(1000));
  });

  test('whose rest is another file’s are damaged, and come whole the next time', async () => {
    const { assets, host } = fakePage();
    const whole = host.files.get('_sandbox/wasm.bin') ?? assert.fail();
    const { network, asked } = cutHost(whole, whole.length - 10, true);
    let isOther = false;
    const other = cutHost(new Uint8Array(whole.length), whole.length, true);
    const fetch: Network['fetch'] = (input, init) =>
      (isOther ? other : { network }).network.fetch?.(input, init) ?? assert.fail();
    const files = new PythonFiles(assets, new URL('http://host/base/'), { ...host.network, fetch });
    await assert.rejects(files.python('pyodide.asm.wasm'), { name: 'PythonFileMissing' });
    isOther = true;
    await assert.rejects(files.python('pyodide.asm.wasm'), { name: 'PythonFileDamaged' });
    isOther = false;
    await assert.rejects(files.python('pyodide.asm.wasm'), { name: 'PythonFileMissing' });
    assert.deepEqual(asked, [null, null]);
  });

  test('are told apart from a web page that comes in their place', async () => {
    const { assets, host } = fakePage();
    const fetch: Network['fetch'] = () =>
      Promise.resolve(
        new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      );
    const files = new PythonFiles(assets, new URL('http://host/base/'), { ...host.network, fetch });
    for (const file of ['pyodide.mjs', 'pyodide.asm.wasm'] as const)
      await assert.rejects(files.python(file), { name: 'PythonFileDamaged', isPage: true });
  });

  test('are damaged when they unpack well and are others', async () => {
    const { files, host } = fakePage();
    host.add('mjs', 'export { evil }');
    await assert.rejects(files.python('pyodide.mjs'), { name: 'PythonFileDamaged' });
  });

  test('are missing when the host says so', async () => {
    const { files, host } = fakePage();
    host.files.delete('_sandbox/p.bin');
    await assert.rejects(files.image('p'), { name: 'PythonFileMissing', file: 'p', status: 404 });
  });

  test('are missing when nobody answers', async () => {
    const { assets, host } = fakePage();
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
    const files = new PythonFiles(assets, new URL('http://host/base/'), { ...host.network, fetch });
    await assert.rejects(files.worker(), { name: 'PythonFileMissing', status: null });
  });

  test('have stalled when nothing comes for thirty seconds', async () => {
    const { files, host, clock } = fakePage();
    host.silent.add('_sandbox/mjs.bin');
    const failed = assert.rejects(files.python('pyodide.mjs'), {
      name: 'PythonFileStalled',
      file: 'pyodide.mjs',
      seconds: 30,
    });
    await nextTurn();
    clock.pass(30_000);
    await failed;
    assert.equal(clock.waiting, 0);
  });

  test('have stalled when the browser does not say what they are', async () => {
    const { assets, host, clock } = fakePage();
    const asked = Promise.withResolvers<undefined>();
    const digest = (): Promise<ArrayBuffer> => {
      asked.resolve(undefined);
      return new Promise(() => undefined);
    };
    const files = new PythonFiles(assets, new URL('http://host/base/'), { ...host.network, digest });
    const failed = assert.rejects(files.worker(), { name: 'PythonFileStalled', seconds: 30 });
    await asked.promise;
    clock.pass(30_000);
    await failed;
    assert.equal(clock.waiting, 0);
  });

  test('are fetched once more, for those who wait, in a page that the browser had frozen', async () => {
    const { files, host, clock } = fakePage();
    await files.worker();
    host.silent.add('_sandbox/wasm.bin');
    const wasm = files.python('pyodide.asm.wasm');
    await nextTurn();
    host.silent.clear();
    files.beginAnew();
    assert.equal(text(await wasm), 'wasm '.repeat(1000));
    assert.deepEqual(host.requests, ['_sandbox/worker.bin', '_sandbox/wasm.bin', '_sandbox/wasm.bin']);
    assert.equal(clock.waiting, 0);
    files.beginAnew();
    await files.python('pyodide.asm.wasm');
    assert.equal(host.requests.length, 3);
  });

  test('that were frozen before their turn are fetched when it comes', async () => {
    const { files, host } = fakePage();
    host.silent.add('_sandbox/wasm.bin');
    const image = files.python('boot.image');
    await nextTurn();
    host.silent.clear();
    files.beginAnew();
    assert.equal(text(await image), 'image');
    assert.deepEqual(host.requests, ['_sandbox/wasm.bin', '_sandbox/wasm.bin', '_sandbox/image.bin']);
  });

  test('are not fetched where they cannot be verified', async () => {
    const { assets, host } = fakePage();
    const network = { ...host.network, digest: undefined };
    const files = new PythonFiles(assets, new URL('http://host/base/'), network);
    await assert.rejects(files.worker(), { name: 'InsecureOrigin', origin: 'http://host' });
    assert.deepEqual(host.requests, []);
  });

  test('are not fetched where nothing could run them', async () => {
    const { assets, host } = fakePage();
    const network = { ...host.network, runsWebAssembly: false };
    const files = new PythonFiles(assets, new URL('http://host/base/'), network);
    await assert.rejects(files.worker(), { name: 'WebAssemblyMissing' });
    assert.deepEqual(host.requests, []);
  });
});
