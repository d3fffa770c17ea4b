/**
 * Apache OpenWhisk as a Python action met it behind the older proxy: that proxy is the runtime's process itself, a web
 * server on port 8080, which OpenWhisk calls. Facts: `openwhisk-python` [OWP] (its
 * version 1.0) and `openwhisk-docker` [OWD] of `content/sources.json`; what they leave open is marked *inferred*. Each
 * request is a connection of its own [OWP, OWD].
 */
import type { Outcome } from '../../trace/format.ts';
import type { FunctionSetup } from '../../trace/recording.ts';
import { Connection } from '../shared/connection.ts';
import { requestToText, responseToText, type HttpRequest, type HttpResponse } from '../shared/http.ts';
import { Border, bytesFromJson, bytesToJson, settle } from '../shared/border.ts';
import { isErrorAnswer, timeLimitError, toInit, toRun } from '../shared/openwhisk-requests.ts';
import type {
  Answer,
  CreateService,
  Invocation,
  Json,
  LastWords,
  Service,
  ServiceWorld,
} from '../service.ts';

/** Inferred: bytes of an answer that OpenWhisk takes, and the first descriptor of a connection. */
const MAX_ANSWER = 8 * 1024 * 1024;
const FIRST_CONNECTION = 5;

/** Inferred: the words for a container that ends, or closes the connection, without an answer. */
const NO_ANSWER = JSON.stringify({ error: 'The action ended without an answer.' });

export const createService: CreateService = (setup, world) => new OpenWhiskFlask(setup, world);

/** Takes the response to a request; null where the connection was closed without one. */
type Respond = (response: HttpResponse | null) => void;

/** The connection that there is; one that was closed without a response is kept until it is known why. */
interface Open {
  readonly wire: Connection;
  readonly respond: Respond;
  readonly isClosed: boolean;
}

class OpenWhiskFlask implements Service {
  readonly #setup: FunctionSetup;
  readonly #world: ServiceWorld;
  readonly #border: Border;
  #state: 'new' | 'ready' | 'failed' = 'new';
  /** The invocation that OpenWhisk waits for an answer to. */
  #open: Invocation | null = null;
  #connection: Open | null = null;
  #connections = 0;

  constructor(setup: FunctionSetup, world: ServiceWorld) {
    this.#setup = setup;
    this.#world = world;
    this.#border = new Border(world);
  }

  call(module: string, name: string, [descriptor, argument]: readonly Json[]): Answer | Promise<Answer> {
    if (module !== 'socket') return { error: `nothing plays ${module}.${name}` };
    if (name === 'accept') return this.#accept();
    const connection = this.#connection;
    if (connection === null || connection.isClosed || descriptor !== connection.wire.descriptor)
      return { error: 'the connection is not open' };
    if (name === 'receive') return { value: bytesToJson(connection.wire.receive(Number(argument))) };
    if (name === 'close') {
      this.#close(connection, connection.wire.response());
      return { value: null };
    }
    const bytes = name === 'send' ? bytesFromJson(argument) : null;
    if (bytes === null) return { error: `a socket cannot ${name}` };
    connection.wire.send(bytes);
    return { value: null };
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#border.output(stream, text);
  }

  exited(code: number): void {
    const request = this.#takeOpen();
    if (request !== null) this.#world.finish(request, { status: 'exited', code, payload: NO_ANSWER });
  }

  #accept(): Answer | Promise<Answer> {
    // A process that ends closes its connections, too: only one that asks for another lives on without an answer.
    if (this.#connection?.isClosed === true) this.#heard(null, this.#connection.respond);
    else if (this.#connection !== null) return this.#expire();
    if (this.#state === 'failed') return { end: true };
    if (this.#state === 'new') {
      const init = toInit(filesByOwnersNames(this.#world.task), this.#setup, {});
      return this.#connect(init, (response) => {
        this.#initialised(response);
      });
    }
    this.#world.emit({ kind: 'phase', phase: 'wait', request: null });
    return settle(this.#world.next(), (invocation): Answer =>
      invocation === null ? { end: true } : this.#run(invocation),
    );
  }

  #run(invocation: Invocation): Answer {
    const { timeout } = this.#setup;
    this.#open = invocation;
    this.#world.limit(invocation.request, timeout, this.#lastWords());
    this.#world.emit({ kind: 'phase', phase: 'invoke', request: invocation.request });
    return this.#connect(toRun(invocation, this.#world.now() + timeout), (response) => {
      this.#open = null;
      this.#world.finish(invocation.request, responseToOutcome(response));
    });
  }

  #initialised(response: HttpResponse | null): void {
    this.#state = response?.status === 200 ? 'ready' : 'failed';
    if (this.#state === 'ready') return;
    // Inferred: the container is given up, and the invocation that it was made for gets the error.
    const request = this.#takeOpen();
    if (request !== null) this.#world.finish(request, responseToOutcome(response));
  }

  /** OpenWhisk connects and sends its request. */
  #connect(request: HttpRequest, respond: Respond): Answer {
    const descriptor = FIRST_CONNECTION + this.#connections;
    this.#connections += 1;
    this.#connection = {
      wire: new Connection(descriptor, request, MAX_ANSWER),
      respond,
      isClosed: false,
    };
    this.#border.tell('service', 'bootstrap', `${request.method} ${request.path}`, requestToText(request));
    return { value: descriptor };
  }

  #close(connection: Open, response: HttpResponse | null): void {
    if (response === null) this.#connection = { ...connection, isClosed: true };
    else this.#heard(response, connection.respond);
  }

  #heard(response: HttpResponse | null, respond: Respond): void {
    this.#connection = null;
    const isError = responseToOutcome(response).status !== 'returned';
    // The end of the init phase is no answer to an invocation, unless it fails.
    if (this.#open !== null || response?.status !== 200) {
      const request = this.#open?.request ?? null;
      this.#world.emit({ kind: 'phase', phase: isError ? 'report-error' : 'respond', request });
    }
    if (response !== null)
      this.#border.tell('bootstrap', 'service', String(response.status), responseToText(response));
    respond(response);
  }

  /**
   * Inferred: a server that wants another connection before it has closed the one before gets none, and its invocation
   * ends when its time is up. Nothing can happen until then, so it ends now, with the words of then.
   */
  #expire(): Answer {
    const request = this.#takeOpen();
    if (request !== null) this.#world.finish(request, this.#lastWords().outcome);
    return { end: true };
  }

  /** The invocation that waits: the one that is open, or the one that the container was made for. */
  #takeOpen(): string | null {
    const open = this.#open;
    this.#open = null;
    if (open !== null) return open.request;
    if (this.#state === 'ready') return null;
    return this.#border.takeUnanswered()?.request ?? null;
  }

  /** Inferred: the container is removed, and says no more. */
  #lastWords(): LastWords {
    const { timeout: milliseconds } = this.#setup;
    return { log: '', outcome: { status: 'timed-out', milliseconds, payload: timeLimitError(milliseconds) } };
  }
}

function responseToOutcome(response: HttpResponse | null): Outcome {
  const body = response === null ? NO_ANSWER : new TextDecoder().decode(response.body);
  // Python writes NaN as no JSON has it. Inferred: OpenWhisk refuses such a body, and says so in these words.
  const payload = isJson(body)
    ? body
    : JSON.stringify({ error: `The action did not produce a valid JSON response: ${body}` });
  const isGood = response?.status === 200 && !isErrorAnswer(payload);
  return { status: isGood ? 'returned' : 'raised', payload };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The function's files as its owner named them: where they lie is the proxy's work. */
function filesByOwnersNames(task: ServiceWorld['task']): Record<string, string | Uint8Array> {
  return Object.fromEntries(
    Object.entries(task).map(([path, content]) => [path.replace(/^\/action\//, ''), content]),
  );
}
