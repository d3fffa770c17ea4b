/** Fn's model outside the browser: a Python of the machine's own, on a real Unix socket, called by a client of ours. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { lstat, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findPython } from '../../../scripts/checks/python.ts';
import { call, UnixClient, type Response } from './fn-client.ts';

const PLATFORM = path.resolve(import.meta.dirname, '../../../src/platforms/fn');
const PYTHON = findPython();
const OPTIONS = { skip: PYTHON === null ? 'there is no CPython 3.11 or newer here' : false };

const SOURCE = `import json, os, sys
from fdk import response
print("imported")
calls = 0
async def later(value):
    return value
def handler(ctx, data):
    global calls
    calls += 1
    body = data.read()
    event = json.loads(body) if body else None
    do = event.get("do") if isinstance(event, dict) else None
    if do == "context":
        return json.dumps([ctx.CallID(), ctx.Deadline(), ctx.Method(), ctx.RequestURL(), ctx.HTTPHeaders(),
                           ctx.AppID(), ctx.FnID(), ctx.Format(), sorted(n for n in os.environ if n.startswith("FDK_"))])
    if do == "raise":
        raise LookupError("no such é")
    if do == "late":
        raise TimeoutError("too late")
    if do == "await":
        return later("awaited")
    if do == "response":
        return response.Response(ctx, response_data="made", headers={"Content-Type": "text/plain", "X-A": "b"}, status_code=201)
    if do == "give":
        return event["give"]
    if do == "exit":
        sys.exit(3)
    return json.dumps({"calls": calls, "event": event})
`;

/** A container's process, and the socket that it listens on. */
interface Listening {
  readonly folder: string;
  readonly socket: string;
  readonly process: ChildProcess;
  /** What it has written, once it is ended. */
  readonly log: () => Promise<{ readonly out: string; readonly err: string }>;
}

async function start(
  test: TestContext,
  variables: Readonly<Record<string, string>> = {},
  source = SOURCE,
): Promise<Listening> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fn-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, 'func.py'), source);
  const socket = path.join(folder, 'lsnr.sock');
  const appears = new Promise<void>((resolve) => {
    const watcher = watch(folder, (_, name) => {
      if (name !== 'lsnr.sock') return;
      watcher.close();
      resolve();
    });
    test.after(() => {
      watcher.close();
    });
  });
  const child = spawn(PYTHON ?? '', ['-m', 'fdk', 'func.py', 'handler'], {
    cwd: folder,
    env: {
      PYTHONPATH: [path.join(PLATFORM, 'disk/python'), path.join(PLATFORM, 'native')].join(':'),
      PYTHONDONTWRITEBYTECODE: '1',
      FN_FORMAT: 'http-stream',
      FN_LISTENER: `unix:${socket}`,
      FN_APP_ID: 'app-1',
      FN_FN_ID: 'fn-1',
      FDK_FILE: 'hidden',
      ...variables,
    },
  });
  test.after(() => child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (err += String(text)));
  // A process that ends makes no socket.
  const closed = once(child, 'close');
  await Promise.race([appears, closed]);
  const log = async (): Promise<{ out: string; err: string }> => {
    child.kill('SIGTERM');
    await closed;
    return { out, err };
  };
  return { folder, socket, process: child, log };
}

const shown = (response: Response | null): unknown => response && [response.status, response.body];

describe('Fn’s model on a real Unix socket', OPTIONS, () => {
  it('answers twenty requests, five of them malformed, on as many connections as it takes', async (test) => {
    const { socket } = await start(test);
    let client = await UnixClient.open(socket);
    const answers: unknown[] = [];
    const send = async (request: string): Promise<void> => {
      answers.push(shown(await client.send(request)));
    };
    /** One that is no proper request: the connection ends with the answer, and the next one is another. */
    const sendMalformed = async (request: string, isLast = false): Promise<void> => {
      answers.push(shown(isLast ? await client.sendLast(request) : await client.send(request)));
      assert.ok(await client.isClosed());
      client = await UnixClient.open(socket);
    };
    await send(call('1'));
    await send(call('"é"'));
    await sendMalformed('nonsense\r\n\r\n');
    await send(call('{"do": "raise"}'));
    await send(call('{"do": "late"}'));
    await send(call('{"do": "await"}'));
    await sendMalformed('POST /call HTTP/1.1\r\nno header here\r\n\r\n');
    await send(call('{"do": "give", "give": ""}'));
    await send(call('{"do": "give", "give": [1, "a"]}'));
    await send(call('{"do": "give", "give": null}'));
    await sendMalformed('POST /call HTTP/1.1\r\nContent-Length: -1\r\n\r\n1');
    await send(call(''));
    await send(
      'POST /call HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n3;x=y\r\n1]\n\r\n0\r\n\r\n',
    );
    await sendMalformed('POST /call HTTP/1.1\r\nContent-Length: 9\r\n\r\nshort', true);
    await send(call('[2]'));
    await send(call('not JSON'));
    await sendMalformed(`POST /call HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`);
    await send(call(JSON.stringify('x'.repeat(100_000))));
    await send(call('{"do": "response"}'));
    await send(call('3'));
    client.close();
    const good = (calls: number, event: unknown): unknown => [
      200,
      `{"calls": ${String(calls)}, "event": ${event === null ? 'null' : JSON.stringify(event)}}`,
    ];
    assert.deepEqual(answers, [
      good(1, 1),
      [200, '{"calls": 2, "event": "\\u00e9"}'],
      [400, 'Bad Request\n'],
      [502, 'no such é'],
      [504, 'too late'],
      [200, 'awaited'],
      [400, 'Bad Request\n'],
      [200, ''],
      [200, "[1, 'a']"],
      [200, ''],
      [400, 'Bad Request\n'],
      good(9, null),
      [200, '{"calls": 10, "event": [1]}'],
      [400, 'Bad Request\n'],
      [200, '{"calls": 11, "event": [2]}'],
      [502, 'Expecting value: line 1 column 1 (char 0)'],
      [431, 'Request Header Fields Too Large\n'],
      good(13, 'x'.repeat(100_000)),
      [200, 'made'],
      good(15, 3),
    ]);
  });

  it('is there under its name when somebody listens, behind a socket that all may write to', async (test) => {
    const { folder, socket, log } = await start(test);
    const silent = await start(test);
    assert.ok((await lstat(socket)).isSymbolicLink());
    assert.equal(await readlink(socket), 'phonylsnr.sock');
    assert.equal((await stat(path.join(folder, 'phonylsnr.sock'))).mode & 0o777, 0o666);
    assert.equal((await silent.log()).out, '', 'the file is imported at the first call, not before');
    const client = await UnixClient.open(socket);
    await client.send(call('1'));
    client.close();
    assert.equal((await log()).out, 'imported\n');
  });

  it('tells the function what the headers and the variables say', async (test) => {
    const { socket } = await start(test);
    const client = await UnixClient.open(socket);
    const told = async (headers: Readonly<Record<string, string>>): Promise<unknown> =>
      JSON.parse((await client.send(call('{"do": "context"}', headers)))?.body ?? '');
    const deadline = '2026-11-29T00:00:00.000Z';
    assert.deepEqual(await told({ 'Fn-Call-Id': 'call-1', 'Fn-Deadline': deadline }), [
      'call-1',
      deadline,
      null,
      null,
      {},
      'app-1',
      'fn-1',
      'http-stream',
      [],
    ]);
    const http = {
      'Fn-Intent': 'httprequest',
      'Fn-Http-Method': 'PUT',
      'Fn-Http-Request-Url': '/t/lab/first?a=b',
      'Fn-Http-H-Accept': '*/*',
    };
    assert.deepEqual(await told({ ...http, 'Fn-Call-Id': 'call-2', 'Fn-Deadline': deadline }), [
      'call-2',
      deadline,
      'PUT',
      '/t/lab/first?a=b',
      { accept: '*/*' },
      'app-1',
      'fn-1',
      'http-stream',
      [],
    ]);
    client.close();
  });

  it('sends status and headers for a caller who speaks HTTP beside those of its own answer', async (test) => {
    const { socket } = await start(test);
    const client = await UnixClient.open(socket);
    const plain = await client.send(call('{"do": "response"}'));
    const triggered = await client.send(call('{"do": "response"}', { 'Fn-Intent': 'httprequest' }));
    client.close();
    const runtime = plain?.headers['fn-fdk-runtime'] ?? '';
    assert.match(runtime, /^python\/3\.\d+\.\d+/);
    const own = {
      'content-type': 'text/plain',
      'content-length': '4',
      'fn-fdk-version': 'fdk-python/0.1.117',
      'fn-fdk-runtime': runtime,
    };
    assert.deepEqual(plain, { status: 200, headers: { ...own, 'x-a': 'b' }, body: 'made' });
    assert.deepEqual(triggered, {
      status: 200,
      headers: { ...own, 'fn-http-h-x-a': 'b', 'fn-http-status': '201' },
      body: 'made',
    });
  });

  it('logs an error on one line, and cuts both streams into calls where Fn asks for it', async (test) => {
    const { socket, log } = await start(test, { FN_LOGFRAME_NAME: 'frame', FN_LOGFRAME_HDR: 'Fn-Call-Id' });
    const client = await UnixClient.open(socket);
    await client.send(call('{"do": "raise"}', { 'Fn-Call-Id': 'one' }));
    client.close();
    const { out, err } = await log();
    assert.equal(out, '\nframe=one\nimported\n\nframe=one\n');
    assert.match(
      err,
      /^\nframe=one\nTraceback \(most recent call last\):\\n .*\\nLookupError: no such é\\n\n\nframe=one\n$/,
    );
  });

  it('ends with the process that an exit ends, without an answer', async (test) => {
    const { socket, process } = await start(test);
    const client = await UnixClient.open(socket);
    const ended = once(process, 'close');
    assert.equal(await client.send(call('{"do": "exit"}')), null);
    assert.equal((await ended)[0], 3);
  });

  it('refuses other paths and methods, and serves nothing in another format', async (test) => {
    const { socket } = await start(test);
    for (const [line, status] of [
      ['POST /other HTTP/1.1', 404],
      ['GET /call HTTP/1.1', 405],
      ['POST /call HTTP/2', 400],
    ] as const) {
      const client = await UnixClient.open(socket);
      assert.equal((await client.send(`${line}\r\n\r\n`))?.status, status);
      client.close();
    }
    for (const variables of [{ FN_FORMAT: 'json' }, { FN_LISTENER: '' }, { FN_LISTENER: 'tcp:80' }]) {
      const { process, log } = await start(test, variables);
      assert.equal(process.exitCode, 1);
      assert.match(
        (await log()).err,
        /^(?:This function speaks http-stream|FN_LISTENER has to be unix:PATH)/,
      );
    }
  });
});
