/**
 * Runs one case on the model's own Python in a CPython of the machine, against a Runtime API on Node's `http`: the
 * way that `native/runtime_client.py` is for. Paths are told as they are in a sandbox.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import type { Case, Expectation, Post } from './case.ts';
import { parseFrames } from './frames.ts';
import { answerOf, variablesOf } from './observe.ts';

const IMAGE = path.resolve(import.meta.dirname, '../../src/platforms/lambda-today');
const PACKAGES_THERE = '/var/lang/lib/python<PY>/site-packages';
const PACKAGES = path.join(IMAGE, 'disk/var/lang/lib/python3.14/site-packages');
const TELEMETRY_FD = 62;
const ADDRESS = '127.0.0.1:9001';

/** A CPython, and the folder of its library. */
export interface CPython {
  readonly command: string;
  readonly library: string;
}

/** `python` is the version that a sandbox has: variables of the platform tell it. */
export async function observeInCPython(
  case_: Case,
  base: Readonly<Record<string, string>>,
  cpython: CPython,
  python: string,
): Promise<Expectation> {
  const task = await realpath(await mkdtemp(path.join(tmpdir(), 'task-')));
  try {
    return await observeInFolder(case_, base, cpython, python, task);
  } finally {
    await rm(task, { recursive: true });
    // Python compiles the runtime's files, and is not to put anything beside them.
    await rm(`${task}.compiled`, { recursive: true, force: true });
  }
}

async function observeInFolder(
  case_: Case,
  base: Readonly<Record<string, string>>,
  { command, library }: CPython,
  python: string,
  task: string,
): Promise<Expectation> {
  for (const [name, text] of Object.entries(case_.handler_files)) {
    await mkdir(path.dirname(path.join(task, name)), { recursive: true });
    await writeFile(path.join(task, name), text);
  }
  const places: readonly (readonly [string, string])[] = [
    [task, '/var/task'],
    [PACKAGES, PACKAGES_THERE],
    [library, '/var/lang/lib/python<PY>'],
  ];
  const traffic: string[] = [];
  const posts: Post[] = [];
  let [handedOut, isWaiting] = [0, false];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      traffic.push(`${method} ${url}`);
      if (method === 'POST') posts.push(toPost(url, rawHeaders, Buffer.concat(chunks), places));
      const answer = answerOf(case_, { method, path: url }, handedOut);
      if (answer === null) {
        isWaiting = true;
        child.kill('SIGKILL');
        return;
      }
      if (url.endsWith('/invocation/next')) handedOut += 1;
      // As bytes: Node's own check would take nothing but Latin-1.
      const headers = answer.headers.flatMap(([name, value]) => [
        name,
        Buffer.from(value).toString('latin1'),
      ]);
      response.writeHead(answer.status, headers).end(answer.body);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const variables = {
    ...variablesOf(case_, base, python),
    PATH: process.env.PATH ?? '',
    PYTHONPATH: [PACKAGES, path.join(IMAGE, 'native')].join(path.delimiter),
    AWS_LAMBDA_RUNTIME_API: address,
  };
  const stdio = Array.from({ length: TELEMETRY_FD + 1 }, (_, fd) =>
    [1, 2].includes(fd) || (fd === TELEMETRY_FD && case_.telemetry_fd === true)
      ? ('pipe' as const)
      : 'ignore',
  ).slice(0, case_.telemetry_fd === true ? TELEMETRY_FD + 1 : 3);
  const handler = case_.handler === null ? [] : [case_.handler];
  const child = spawn(command, ['-X', `pycache_prefix=${task}.compiled`, '-m', 'awslambdaric', ...handler], {
    cwd: task,
    env: variables,
    stdio,
  });
  const read = (fd: number): Promise<Buffer> =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      const stream = child.stdio[fd];
      stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream?.on('close', () => {
        resolve(Buffer.concat(chunks));
      });
    });
  const outputs = [1, 2, ...(case_.telemetry_fd === true ? [TELEMETRY_FD] : [])].map(read);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  server.closeAllConnections();
  server.close();
  const [stdout, stderr, frames] = await Promise.all(outputs);
  const status = signal === null ? (code ?? 0) : -constants.signals[signal];
  return {
    traffic,
    responses: posts,
    // How the two streams lay in time is not known here.
    log: '',
    stdout: told(String(stdout), places),
    stderr: told(String(stderr), places),
    ...(frames === undefined
      ? {}
      : {
          frames: parseFrames(frames).map(({ type, message }) => {
            const text = told(message, places);
            return { type, length: Buffer.byteLength(text), message: text };
          }),
        }),
    exit: isWaiting ? 'waiting' : status,
  };
}

function told(text: string, places: readonly (readonly [string, string])[]): string {
  // The client has frames here, as it is Python: in a sandbox it has none.
  const own = text.replace(/^ {2}File "[^"]*\/native\/runtime_client\.py", .*\n(?: {4}.*\n)*/gm, '');
  return places.reduce((result, [from, to]) => result.replaceAll(from, to), own);
}

/** A length is that of the body as it is told. */
function toPost(
  url: string,
  raw: readonly string[],
  bytes: Buffer,
  places: readonly (readonly [string, string])[],
): Post {
  const isText = Buffer.from(bytes.toString()).equals(bytes);
  const encoding = isText ? 'utf8' : 'latin1';
  const body = Buffer.from(told(bytes.toString(encoding), places), encoding);
  const headers = Object.fromEntries(
    Array.from({ length: raw.length / 2 }, (_, index): readonly [string, string] => {
      const name = (raw[2 * index] ?? '').toLowerCase();
      const value = Buffer.from(raw[2 * index + 1] ?? '', 'latin1').toString();
      if (name === 'host') return [name, ADDRESS];
      if (name === 'content-length') return [name, String(body.length)];
      if (name === 'user-agent') return [name, value.replace(/(?<=python\/)3\.\d+\.\d+/, '<PYFULL>')];
      return [name, told(value, places)];
    }).filter(([name]) => name !== 'connection'),
  );
  return { path: url, headers, body: isText ? body.toString() : { base64: body.toString('base64') } };
}
