/**
 * Runs one case on the model, in a Python of its own, against a Runtime API that does what the case says;
 * and tells what was observed, in the form in which cases tell what is expected.
 */
import type { PyodideAPI } from 'pyodide';
import { readZones } from '../../src/integrations/zones.ts';
import { Interpreter, type LoadPython } from '../../src/sandbox/interpreter.ts';
import type { Files } from '../../src/sandbox/protocol.ts';
import { needsZones, unpackZones } from '../../src/sandbox/zones.ts';
import { bytesFromJson, bytesToJson } from '../../src/platforms/shared/border.ts';
import {
  bytesToRequest,
  jsonResponse,
  responseToBytes,
  type HttpRequest,
  type HttpResponse,
} from '../../src/platforms/shared/http.ts';
import { NativeClient } from '../../src/platforms/lambda-today/native-client.ts';
import { chooseStart, type PlatformDescription } from '../../src/platforms/description.ts';
import { type Answer, type Json } from '../../src/platforms/service.ts';
import { eventToBytes, type Case, type CaseEvent, type Expectation, type Frame, type Post } from './case.ts';
import { parseFrames } from './frames.ts';

/** The platform that cases are run on. */
export interface Subject {
  readonly description: PlatformDescription;
  readonly image: Files;
  readonly harness: Files;
}

const BASE = '/2018-06-01/runtime';
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:lab';
const TELEMETRY_FD = 62;
const TELEMETRY_FILE = '/dev/telemetry';
const REFUSED = '{"errorType": "Lab", "errorMessage": "refused"}';

/** Waiting is no status of a process. */
class Waiting extends Error {
  override name = 'Waiting';
}

/** With `mayWait` false Python is never suspended, as where a browser cannot. */
export async function observe(
  case_: Case,
  base: Readonly<Record<string, string>>,
  subject: Subject,
  load: LoadPython,
  mayWait = true,
): Promise<Expectation> {
  const observation = new Observation(case_);
  let pyodide: PyodideAPI | null = null;
  const interpreter = await Interpreter.boot(
    async (options) => (pyodide = await load(options)),
    subject.harness,
    mayWait,
  );
  const { description } = subject;
  const task = Object.fromEntries(
    Object.entries(case_.handler_files).map(([name, text]) => [`${description.task}/${name}`, text]),
  );
  const variables = variablesOf(case_, base, interpreter.python);
  const zones = needsZones(task, variables) ? unpackZones(await readZones()) : {};
  interpreter.layDisk(description, subject.image, zones, task);
  if (case_.telemetry_fd === true) openTelemetry(pyodide);
  // The case itself plays the descriptor for log frames, and nothing outlives its one process.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- both are left out
  const { telemetry, resets, ...alone } = startOf(description, case_);
  const status = await interpreter.run(
    alone,
    variables,
    { events: 0, output: Number.MAX_SAFE_INTEGER },
    {
      call: (module, name, args) => observation.call(module, name, JSON.parse(args) as Json[]),
      record: () => undefined,
      output: (stream, bytes) => {
        observation.write(stream, bytes);
      },
    },
  );
  const frames = case_.telemetry_fd === true ? readTelemetry(pyodide) : null;
  return observation.result(status, frames);
}

/** `python -m MODULE HANDLER`, whatever the variables say; with no handler there is no argument. */
export function startOf(description: PlatformDescription, case_: Case): PlatformDescription {
  const started = chooseStart(description, 'image');
  if (started.start === undefined) return started;
  const values = case_.handler === null ? [] : [case_.handler];
  return { ...started, start: { ...started.start, arguments: [], values } };
}

/** The variables of the process: those of every case, with the case's own. */
export function variablesOf(
  case_: Case,
  base: Readonly<Record<string, string>>,
  python: string,
): Record<string, string> {
  const minor = python.split('.').slice(0, 2).join('.');
  const variables = new Map(
    Object.entries(base).map(([name, value]) => [name, value.replace('<PY>', minor)] as const),
  );
  variables.set('_HANDLER', case_.handler ?? '');
  if (case_.telemetry_fd === true) variables.set('_LAMBDA_TELEMETRY_LOG_FD', String(TELEMETRY_FD));
  for (const [name, value] of Object.entries(case_.env)) {
    if (value === null) variables.delete(name);
    else variables.set(name, value);
  }
  return Object.fromEntries(variables);
}

/** What is used of Emscripten's file system; Pyodide's types leave it open. */
interface FileSystem {
  open(path: string, flags: string): object;
  dupStream(stream: object, fd: number): unknown;
  readFile(path: string): Uint8Array;
}

function fileSystemOf(pyodide: PyodideAPI | null): FileSystem {
  if (pyodide === null) throw new Error('Python has not booted.');
  return pyodide.FS as FileSystem;
}

/** The far end of the descriptor for log frames is a file here: what counts is what is written to it. */
function openTelemetry(pyodide: PyodideAPI | null): void {
  const FS = fileSystemOf(pyodide);
  FS.dupStream(FS.open(TELEMETRY_FILE, 'w+'), TELEMETRY_FD);
}

function readTelemetry(pyodide: PyodideAPI | null): Frame[] {
  return parseFrames(fileSystemOf(pyodide).readFile(TELEMETRY_FILE));
}

/** What one process does, seen from outside. */
class Observation {
  readonly #case: Case;
  readonly #client: NativeClient;
  readonly #traffic: string[] = [];
  readonly #posts: Post[] = [];
  readonly #output: { readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }[] = [];
  #handedOut = 0;
  /** Set when the process has ended by itself, or waits: what it does afterwards is the end we made for it. */
  #exit: number | string | null = null;

  constructor(case_: Case) {
    this.#case = case_;
    const print = (text: string): void => {
      this.write('stdout', new TextEncoder().encode(text));
    };
    this.#client = new NativeClient('127.0.0.1:9001', (request) => this.#serve(request), print, Date.now);
  }

  call(module: string, name: string, args: readonly Json[]): string {
    return JSON.stringify(this.#answer(module, name, args));
  }

  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    if (this.#exit === null) this.#output.push({ stream, bytes });
  }

  result(status: number, frames: readonly Frame[] | null): Expectation {
    const log = (wanted?: 'stdout' | 'stderr'): string =>
      Buffer.concat(
        this.#output.filter(({ stream }) => stream === (wanted ?? stream)).map(({ bytes }) => bytes),
      ).toString();
    return {
      traffic: this.#traffic,
      responses: this.#posts,
      log: log(),
      stdout: log('stdout'),
      stderr: log('stderr'),
      ...(frames === null ? {} : { frames }),
      exit: this.#exit ?? status,
    };
  }

  #answer(module: string, name: string, args: readonly Json[]): Answer {
    if (module === 'process') {
      this.#exit ??= Number(args[0]);
      return { end: true };
    }
    try {
      const answer = module === 'socket' ? this.#exchange(args[0]) : this.#client.call(name, args);
      if (answer instanceof Promise) throw new Error('The far side of a case never lets anybody wait.');
      if ('exit' in answer) {
        this.#exit ??= answer.exit;
        return { end: true };
      }
      return answer;
    } catch (error) {
      if (!(error instanceof Waiting)) throw error;
      this.#exit ??= 'waiting';
      return { end: true };
    }
  }

  #exchange(bytes: Json | undefined): Answer {
    const request = bytesToRequest(bytesFromJson(bytes) ?? new Uint8Array());
    if (request === null) return { error: 'these bytes are no request' };
    return { value: bytesToJson(responseToBytes(this.#serve(request))) };
  }

  #serve(request: HttpRequest): HttpResponse {
    if (this.#exit === null) this.#traffic.push(`${request.method} ${request.path}`);
    if (request.method === 'POST' && this.#exit === null) this.#posts.push(toPost(request));
    const response = answerOf(this.#case, request, this.#handedOut);
    if (response === null) throw new Waiting();
    if (kindOf(request) === 'next') this.#handedOut += 1;
    return response;
  }
}

/** What the Runtime API of a case answers when it has handed out so many events; null where it lets `next` wait. */
export function answerOf(
  case_: Case,
  request: Pick<HttpRequest, 'method' | 'path'>,
  handedOut: number,
): HttpResponse | null {
  const kind = kindOf(request);
  const status = case_.server?.[`${kind}_status`];
  if (kind === 'next') {
    const event = case_.events[handedOut];
    if (status !== undefined) return jsonResponse(status, REFUSED);
    return event === undefined ? null : nextResponse(event, handedOut + 1);
  }
  const usual = request.method === 'GET' ? 200 : 202;
  if (status !== undefined && status !== usual) return jsonResponse(status, REFUSED);
  return jsonResponse(usual, request.method === 'GET' ? '' : '{"status": "OK"}');
}

/** The word by which `server` names a request's status: `response`, `error`, `init_error`, … */
function kindOf({ path }: Pick<HttpRequest, 'path'>): string {
  const [, section = '', last = ''] = /\/(\w+)\/(?:[^/]+\/)?(\w+)$/.exec(path.slice(BASE.length)) ?? [];
  return section === 'invocation' ? last : `${section}_${last}`;
}

function nextResponse(event: CaseEvent, number: number): HttpResponse {
  const headers = new Map<string, string>([
    ['content-type', 'application/json'],
    ['lambda-runtime-aws-request-id', `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`],
    ['lambda-runtime-deadline-ms', String(Date.now() + (event.deadline_in_ms ?? 3000))],
    ['lambda-runtime-invoked-function-arn', ARN],
  ]);
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (value === null) headers.delete(name.toLowerCase());
    else headers.set(name.toLowerCase(), value);
  }
  return { status: 200, headers: [...headers], body: eventToBytes(event) };
}

function toPost({ path, headers, body }: HttpRequest): Post {
  return {
    path,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: toBody(body),
  };
}

function toBody(bytes: Uint8Array): string | { readonly base64: string } {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
