/**
 * Fn with a function in Python: the container listens on a Unix socket, and Fn's server posts each call over it. Facts:
 * `fn` [FN], `fdk-python` [FDK] and the issues of `content/sources.json`; what they leave open is marked *inferred*. A
 * browser has no Unix sockets: the native module `lab_unix` plays that one, and each call is a connection of its own.
 */
import type { Outcome } from '../../trace/format.ts';
import type { FunctionSetup } from '../../trace/recording.ts';
import { Border, bytesFromJson, bytesToJson, settle, valueToText } from '../shared/border.ts';
import { Connection } from '../shared/connection.ts';
import { requestToText, responseToText, type HttpRequest, type HttpResponse } from '../shared/http.ts';
import type {
  Answer,
  CreateService,
  Invocation,
  Json,
  LastWords,
  Service,
  ServiceWorld,
} from '../service.ts';

/** A container that has had no call for so many milliseconds is removed [FNCLI684]. */
const IDLE_TIMEOUT = 30_000;
/** Inferred: bytes of an answer that are kept, and the first number of a connection. */
const MAX_ANSWER = 6 * 1024 * 1024;
const FIRST_CONNECTION = 5;

/** What the caller is told; the form is known, and so are the first two [FN1470, FN1577]. Inferred: the other two. */
const NO_RESPONSE = toPayload('error receiving function response');
const NOT_READY = toPayload(
  'Container failed to initialize, please ensure you are using the latest fdk and check the logs',
);
const FAILED = toPayload('function failed');
const TIMED_OUT = toPayload('Timed out');

export const createService: CreateService = (setup, world) => new Fn(setup, world);

/** The call that a connection is there for. */
interface Open {
  readonly invocation: Invocation;
  readonly wire: Connection;
  isAnswered: boolean;
}

class Fn implements Service {
  readonly #setup: FunctionSetup;
  readonly #world: ServiceWorld;
  readonly #border: Border;
  /** Whether the socket is there: before that, Fn's server calls nobody. */
  #listens = false;
  #open: Open | null = null;
  #calls = 0;

  constructor(setup: FunctionSetup, world: ServiceWorld) {
    this.#setup = setup;
    this.#world = world;
    this.#border = new Border(world);
  }

  call(module: string, name: string, [first, second]: readonly Json[]): Answer | Promise<Answer> {
    if (module !== 'lab_unix') return { error: `nothing plays ${module}.${name}` };
    if (name === 'bind') {
      this.#listens = true;
      this.#border.tell('bootstrap', 'service', 'bind', valueToText(first));
      return { value: null };
    }
    if (name === 'accept') return this.#accept();
    const open = this.#open;
    if (open === null || first !== open.wire.descriptor) return { error: 'the connection is not open' };
    if (name === 'receive') return { value: bytesToJson(open.wire.receive(Number(second))) };
    if (name === 'close') {
      this.#close(open, open.wire.response());
      return { value: null };
    }
    const bytes = name === 'send' ? bytesFromJson(second) : null;
    if (bytes === null) return { error: `a socket cannot ${name}` };
    this.#send(open, bytes);
    return { value: null };
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#border.output(stream, text);
  }

  exited(code: number): void {
    const request = this.#open?.invocation.request ?? this.#first();
    this.#open = null;
    const payload = this.#listens ? NO_RESPONSE : NOT_READY;
    if (request !== undefined) this.#world.finish(request, { status: 'exited', code, payload });
  }

  /** The call that the container was started for, while it has not been posted. */
  #first(): string | undefined {
    return this.#calls === 0 ? this.#border.takeUnanswered()?.request : undefined;
  }

  #accept(): Answer | Promise<Answer> {
    if (this.#open !== null) return this.#expire(this.#open);
    this.#world.emit({ kind: 'phase', phase: 'wait', request: null });
    return settle(this.#world.next(this.#calls === 0 ? undefined : IDLE_TIMEOUT), (invocation): Answer =>
      invocation === null ? { end: true } : this.#connect(invocation),
    );
  }

  #connect(invocation: Invocation): Answer {
    const { timeout } = this.#setup;
    const descriptor = FIRST_CONNECTION + this.#calls;
    this.#calls += 1;
    const request = toCall(invocation, this.#world.now() + timeout);
    this.#open = {
      invocation,
      wire: new Connection(descriptor, request, MAX_ANSWER),
      isAnswered: false,
    };
    this.#world.limit(invocation.request, timeout, this.#lastWords());
    this.#world.emit({ kind: 'phase', phase: 'invoke', request: invocation.request });
    this.#border.tell('service', 'bootstrap', 'POST /call', requestToText(request));
    return { value: descriptor };
  }

  #send(open: Open, bytes: Uint8Array): void {
    open.wire.send(bytes);
    if (open.isAnswered) return;
    open.isAnswered = true;
    const { request } = open.invocation;
    const isGood = open.wire.response()?.status === 200;
    this.#world.emit({ kind: 'phase', phase: isGood ? 'respond' : 'report-error', request });
  }

  #close({ invocation }: Open, response: HttpResponse | null): void {
    this.#open = null;
    if (response !== null)
      this.#border.tell('bootstrap', 'service', String(response.status), responseToText(response));
    this.#world.finish(invocation.request, toOutcome(response));
  }

  /** Inferred: who takes another connection before it has closed this one never answers. It ends as in its own time. */
  #expire({ invocation }: Open): Answer {
    this.#open = null;
    this.#world.finish(invocation.request, this.#lastWords().outcome);
    return { end: true };
  }

  #lastWords(): LastWords {
    const { timeout: milliseconds } = this.#setup;
    return { log: '', outcome: { status: 'timed-out', milliseconds, payload: TIMED_OUT } };
  }
}

/** What Fn's server posts [FN]. Inferred: the order of the headers, and no others. */
function toCall({ request, event }: Invocation, deadline: number): HttpRequest {
  const body = new TextEncoder().encode(event);
  const headers = [
    ['Host', 'localhost'],
    ['Content-Length', String(body.length)],
    ['Content-Type', 'application/json'],
    ['Fn-Call-Id', request],
    ['Fn-Deadline', new Date(deadline).toISOString()],
  ] as const;
  return { method: 'POST', path: '/call', headers, body };
}

/** Inferred: of an answer with another status than 200 the caller hears no more than that the function failed. */
function toOutcome(response: HttpResponse | null): Outcome {
  if (response === null) return { status: 'raised', payload: NO_RESPONSE };
  if (response.status !== 200) return { status: 'raised', payload: FAILED };
  return { status: 'returned', payload: new TextDecoder().decode(response.body) };
}

function toPayload(message: string): string {
  return JSON.stringify({ message });
}
