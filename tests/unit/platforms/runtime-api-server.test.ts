/**
 * Today's package under a Python of the machine's own, against a Runtime API on Node's `http`: what runs in
 * the lab is the same Python, and its client's requests are real ones here.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findPython } from '../../../scripts/checks/python.ts';

const IMAGE = path.resolve(import.meta.dirname, '../../../src/platforms/lambda-today');
const BASE = '/2018-06-01/runtime';
const PYTHON = findPython();
const OPTIONS = { skip: PYTHON === null ? 'there is no CPython 3.11 or newer here' : false };

interface Request {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A Runtime API that hands out events, keeps every request, and lets the last `next` wait. */
class RuntimeApi {
  readonly requests: Request[] = [];
  readonly #events: readonly Buffer[];
  readonly #statuses: Readonly<Record<string, number>>;
  readonly #server: Server;
  #handedOut = 0;
  #waits: () => void = () => undefined;
  /** Settled when the process has nothing left to do. */
  readonly waits = new Promise<void>((resolve) => (this.#waits = resolve));

  constructor(events: readonly string[], statuses: Readonly<Record<string, number>> = {}) {
    this.#events = events.map((event) => Buffer.from(event));
    this.#statuses = statuses;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const line = `${request.method ?? ''} ${(request.url ?? '').replace(BASE, '')}`;
    this.requests.push({ line, headers: request.headers, body: Buffer.concat(chunks) });
    if (line !== 'GET /invocation/next') {
      response.writeHead(this.#statuses[line] ?? 202).end('{"status":"OK"}');
      return;
    }
    const event = this.#events[this.#handedOut];
    if (event === undefined) {
      this.#waits();
      return;
    }
    this.#handedOut += 1;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': `request-${String(this.#handedOut)}`,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + 3000),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:123456789012:function:lab',
    });
    response.end(event);
  }
}

interface Life {
  readonly requests: readonly Request[];
  readonly stdout: string;
  readonly stderr: string;
  /** Null when the process waited and was ended from outside. */
  readonly code: number | null;
}

/** One process, from its start until it ends or waits. */
async function live(
  test: TestContext,
  source: string,
  api: RuntimeApi,
  handler = 'lambda_function.lambda_handler',
): Promise<Life> {
  const task = await mkdtemp(path.join(tmpdir(), 'task-'));
  test.after(() => rm(task, { recursive: true }));
  await writeFile(path.join(task, 'lambda_function.py'), source);
  const address = await api.listen();
  test.after(() => {
    api.close();
  });
  const child = spawn(PYTHON ?? '', ['-B', '-m', 'awslambdaric', handler], {
    cwd: task,
    env: {
      PATH: process.env.PATH,
      PYTHONPATH: [
        path.join(IMAGE, 'disk/var/lang/lib/python3.14/site-packages'),
        path.join(IMAGE, 'native'),
      ].join(path.delimiter),
      AWS_LAMBDA_RUNTIME_API: address,
      AWS_EXECUTION_ENV: 'AWS_Lambda_python3.14',
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const closed = once(child, 'close') as Promise<[number | null]>;
  await Promise.race([closed, api.waits]);
  child.kill();
  const [code] = await closed;
  return { requests: api.requests, stdout, stderr, code };
}

function linesOf({ requests }: Life): string[] {
  return requests.map(({ line }) => line);
}

describe('the package under CPython, against a server', OPTIONS, () => {
  it('answers three invocations and an error, and waits for more', async (test) => {
    const source = `import sys
calls = 0

def lambda_handler(event, context):
    global calls
    calls += 1
    print("call", calls, context.aws_request_id)
    if event == "bytes":
        return b"\\xff\\x00"
    if event == "fail":
        raise ValueError("é")
    return {"calls": calls, "event": event}
`;
    const events = ['{"a": "雪"}', '2', '"bytes"', '"fail"'];
    const life = await live(test, source, new RuntimeApi(events));
    assert.equal(life.stderr, '');
    assert.equal(life.code, null);
    assert.deepEqual(linesOf(life), [
      ...[1, 2, 3].flatMap((n) => ['GET /invocation/next', `POST /invocation/request-${String(n)}/response`]),
      'GET /invocation/next',
      'POST /invocation/request-4/error',
      'GET /invocation/next',
    ]);
    const posts = life.requests.filter(({ line }) => line.startsWith('POST'));
    assert.deepEqual(
      posts.map(({ headers }) => headers['content-type']),
      ['application/json', 'application/json', 'application/unknown', 'application/json'],
    );
    const [first, second, third, error] = posts.map(({ body }) => body);
    assert.equal(first?.toString(), '{"calls": 1, "event": {"a": "雪"}}');
    assert.equal(second?.toString(), '{"calls": 2, "event": 2}');
    assert.deepEqual(third, Buffer.from([0xff, 0]));
    const { errorMessage, errorType, requestId } = JSON.parse(error?.toString() ?? '') as Record<
      string,
      string
    >;
    assert.deepEqual([errorMessage, errorType, requestId], ['é', 'ValueError', 'request-4']);
    const cause = posts[3]?.headers['lambda-runtime-function-xray-error-cause'];
    assert.match(Buffer.from(String(cause), 'latin1').toString(), /^\{"working_directory": .*"message": "é"/);
    for (const { headers } of life.requests) {
      assert.match(headers['user-agent'] ?? '', /^aws-lambda-python\/3\.\d+\.\d+-4\.0\.1$/);
      assert.equal(headers.accept, '*/*');
    }
    assert.match(life.stdout, /^call 1 request-1\n(?:call .*\n){3}\[ERROR\] ValueError: é\rTraceback/);
  });

  it('reports an error of its init phase and ends', async (test) => {
    const life = await live(test, 'import not_here\n', new RuntimeApi(['{}']));
    assert.deepEqual([linesOf(life), life.code], [['POST /init/error'], 1]);
    const [{ headers, body }] = life.requests as [Request];
    assert.equal(headers['lambda-runtime-function-error-type'], 'Runtime.ImportModuleError');
    assert.deepEqual(JSON.parse(body.toString()), {
      errorMessage: "Unable to import module 'lambda_function': No module named 'not_here'",
      errorType: 'Runtime.ImportModuleError',
      requestId: '',
      stackTrace: [],
    });
    assert.match(life.stdout, /^\[WARNING\]\t.*LAMBDA_WARNING: .*\r\n\[ERROR\] Runtime\.ImportModuleError: /);
  });

  it('ends when its answer is refused, and says so', async (test) => {
    const api = new RuntimeApi(['{}'], { 'POST /invocation/request-1/response': 413 });
    const life = await live(test, 'def lambda_handler(event, context):\n    return 1\n', api);
    assert.equal(life.code, 1);
    assert.match(
      life.stdout,
      /LAMBDA_RUNTIME Failed to post handler success response\. Http response code: 413\. /,
    );
    assert.match(life.stderr, /\nRuntimeError: Failed to post invocation response\n$/);
  });
});
