/**
 * The ActionLoop proxy of OpenWhisk: a server inside the action's container that starts the launcher and speaks to it
 * by two pipes, one line of JSON each way [OWG]. The original is a program in Go; what the facts leave open is marked
 * *inferred*. It answers by callback, for an answer may need Python to go on first.
 */
import { jsonResponse, type HttpRequest, type HttpResponse } from '../shared/http.ts';
import { joinBytes } from '../shared/bytes.ts';

/** Takes the response, sooner or later, once. */
export type Respond = (response: HttpResponse) => void;

/** What the proxy tells of what it does, as it does it. */
export interface ProxyObserver {
  /** A line crossed one of the pipes; lines of the launcher are told before they are answered. */
  readonly toLauncher: (line: string) => void;
  readonly fromLauncher: (line: string, isAnswer: boolean) => void;
}

/** Bytes of the launcher's lines that are kept while nobody reads them; inferred, as every limit here. */
const MAX_UNREAD = 8 * 1024 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

type Launcher = 'none' | 'starting' | 'ready' | 'dead';

export class ActionLoopProxy {
  readonly #observer: ProxyObserver;
  readonly #waitsForAck: boolean;
  #launcher: Launcher = 'none';
  #isInitialised = false;
  /** Called with the launcher's next line. */
  #waiting: Respond | null = null;
  /** What lies in the launcher's standard input. */
  #input = new Uint8Array();
  /** What lies in the pipe on descriptor 3 behind the last line's end. */
  #piece = '';
  readonly #unread: string[] = [];
  readonly #decoder = new TextDecoder();

  /** Without `waitsForAck` the launcher counts as ready once it is started. */
  constructor(observer: ProxyObserver, waitsForAck = true) {
    this.#observer = observer;
    this.#waitsForAck = waitsForAck;
  }

  /** Whether there is a launcher to be started or running. */
  get hasLauncher(): boolean {
    return this.#launcher === 'starting' || this.#launcher === 'ready';
  }

  /** Whether it can be given an activation. */
  get isReady(): boolean {
    return this.#launcher === 'ready' && this.#waiting === null;
  }

  handle({ method, path, body }: HttpRequest, respond: Respond): void {
    // Inferred: what is no POST to one of the two is not found.
    if (method === 'POST' && path === '/init') this.#init(decoder.decode(body), respond);
    else if (method === 'POST' && path === '/run') this.#run(decoder.decode(body), respond);
    else respond(refusal(404, 'not found'));
  }

  /** The next bytes for the launcher's standard input; null where it has to wait for some. */
  read(size: number): Uint8Array | null {
    if (this.#input.length === 0) return null;
    const bytes = this.#input.slice(0, Math.max(1, size));
    this.#input = this.#input.slice(bytes.length);
    return bytes;
  }

  /** The launcher wrote to descriptor 3. */
  receive(bytes: Uint8Array): void {
    const [first = '', ...lines] = this.#decoder.decode(bytes, { stream: true }).split('\n');
    this.#piece += first;
    for (const line of lines) {
      this.#takeLine(this.#piece);
      this.#piece = line;
    }
    // Inferred: a line without an end is kept so far and no further.
    this.#piece = this.#piece.slice(0, MAX_UNREAD);
  }

  /** The launcher's process ended, in whatever way. */
  launcherEnded(): void {
    const respond = this.#waiting;
    const wasStarting = this.#launcher === 'starting';
    this.#waiting = null;
    // One that dies while it is used is dropped; one that dies in between is found dead by the next activation.
    this.#launcher = respond === null ? 'dead' : 'none';
    if (wasStarting) this.#isInitialised = false;
    respond?.(wasStarting ? refusal(502, START_FAILED) : refusal(400, 'command exited'));
  }

  #init(body: string, respond: Respond): void {
    if (this.#isInitialised) {
      respond(refusal(403, 'Cannot initialize the action more than once.'));
      return;
    }
    const value = readInit(body);
    if (value === null) {
      // Inferred: the words.
      respond(refusal(400, 'the request is no JSON'));
      return;
    }
    if (value.code === '') {
      respond(refusal(403, 'Missing main/no code to execute.'));
      return;
    }
    this.#isInitialised = true;
    this.#launcher = this.#waitsForAck ? 'starting' : 'ready';
    if (this.#waitsForAck) this.#waiting = respond;
    else respond(jsonResponse(200, OK));
  }

  #run(body: string, respond: Respond): void {
    if (this.#launcher === 'none' || this.#launcher === 'starting') {
      respond(refusal(500, 'no action defined yet'));
      return;
    }
    if (this.#launcher === 'dead') {
      respond(refusal(500, 'command exited'));
      return;
    }
    const line = body.replaceAll(/[\r\n]/g, '');
    this.#observer.toLauncher(line);
    this.#input = joinBytes([this.#input, encoder.encode(`${line}\n`)]);
    this.#waiting = respond;
    // A line that nobody asked for lies in the pipe already, and is what the proxy reads now.
    const early = this.#unread.shift();
    if (early !== undefined) this.#answer(early);
  }

  #takeLine(line: string): void {
    const isAnswer = this.#waiting !== null;
    this.#observer.fromLauncher(line, isAnswer);
    if (isAnswer) this.#answer(line);
    else if (this.#unread.length < 1000) this.#unread.push(line);
  }

  #answer(line: string): void {
    const respond = this.#waiting;
    this.#waiting = null;
    if (this.#launcher === 'starting') {
      // Inferred: any other first line is no start.
      const isReady = isReadyLine(line);
      this.#launcher = isReady ? 'ready' : 'none';
      this.#isInitialised = isReady;
      respond?.(isReady ? jsonResponse(200, OK) : refusal(502, START_FAILED));
      return;
    }
    respond?.(
      isObjectOrArray(line)
        ? jsonResponse(200, line)
        : refusal(502, 'The action did not return a dictionary or array.'),
    );
  }
}

const OK = '{"ok":true}';

/** Inferred: the words. */
const START_FAILED = 'The action could not be started. Its log may say why.';

function refusal(status: number, error: string): HttpResponse {
  return jsonResponse(status, JSON.stringify({ error }));
}

/** What /init hands over; null when it is no JSON, empty code when there is none. */
function readInit(body: string): { readonly code: string } | null {
  const request = parse(body);
  if (request === undefined) return null;
  const { value } = toRecord(request) ?? {};
  const { code } = toRecord(value) ?? {};
  return { code: typeof code === 'string' ? code : '' };
}

function isReadyLine(line: string): boolean {
  return toRecord(parse(line))?.ok === true;
}

/** Inferred: the proxy parses the line, so that Python's NaN makes it no answer. */
function isObjectOrArray(line: string): boolean {
  const value = parse(line);
  return typeof value === 'object' && value !== null;
}

/** Undefined for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
}
