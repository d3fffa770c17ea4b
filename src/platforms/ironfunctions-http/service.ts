/**
 * IronFunctions with a function of the http format, a hot function: the container stays, and for each call a request
 * is written to its process's standard input and a response read from its standard output. Facts:
 * `iron-functions` of `content/sources.json` [IRON]; what they leave open is marked *inferred*. One call at a time
 * (max_concurrency 1). There is no runtime: the process is the function's own program, and the loop is its own.
 */
import type { Outcome } from '../../trace/format.ts';
import type { FunctionSetup } from '../../trace/recording.ts';
import { HttpResponses } from '../shared/http-responses.ts';
import { callToRequest, configToEnvironment } from '../shared/ironfunctions-call.ts';
import { errorToPayload, MAX_ANSWER, REMOVED, timeoutToLastWords } from '../shared/ironfunctions-errors.ts';
import { Border } from '../shared/border.ts';
import { badPipe, Pipes, STDIN, STDOUT } from '../shared/ironfunctions-pipes.ts';
import type { Answer, CreateService, Invocation, Json, Service, ServiceWorld } from '../service.ts';

/** A container that has had no call for so many milliseconds is removed [IRON]. */
const IDLE_TIMEOUT = 30_000;

export const createService: CreateService = (setup, world) => new IronFunctionsHttp(setup, world);

class IronFunctionsHttp implements Service {
  readonly #setup: FunctionSetup;
  readonly #world: ServiceWorld;
  readonly #border: Border;
  readonly #pipes: Pipes;
  /** What the process has written since the last answer. */
  readonly #responses = new HttpResponses();
  /** The call that the container was started for, until its process reads. */
  #first: Invocation | null = null;
  #open: Invocation | null = null;
  /** Whether the open call's response has begun. */
  #isAnswered = false;
  /** Whether something else came in a response's place: then the platform reads no more. */
  #isLost = false;
  /** Whether the process wrote more than the model keeps. */
  #isTooLarge = false;

  constructor(setup: FunctionSetup, world: ServiceWorld) {
    this.#setup = setup;
    this.#world = world;
    this.#border = new Border(world);
    this.#pipes = new Pipes(world);
  }

  /** Inferred: the first call's time counts from here, and none of its variables are in the environment. */
  begin(): Readonly<Record<string, string>> {
    const next = this.#border.takeUnanswered();
    if (next !== null) {
      this.#first = next;
      this.#limit(next);
    }
    return configToEnvironment(this.#setup.variables);
  }

  call(module: string, name: string, [descriptor, argument]: readonly Json[]): Answer | Promise<Answer> {
    if (module === 'pipe' && name === 'read' && descriptor === STDIN) return this.#read(Number(argument));
    if (module === 'pipe' && name === 'write' && descriptor === STDOUT) return this.#write(argument);
    return badPipe(name, descriptor);
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#border.output(stream, text);
  }

  /** Inferred: a process that ends is to the platform a response that cannot be read. */
  exited(code: number): void {
    const call = this.#open ?? this.#first;
    if (call === null) return;
    const rest = this.#open === null || this.#isLost ? null : this.#responses.take();
    // Without a Content-Length the end of the stream is the response's.
    if (rest?.kind === 'endless') this.#close(call, { status: 'completed', payload: toText(rest.body) });
    else if (this.#isTooLarge)
      this.#close(call, { status: 'exited', code, payload: errorToPayload(call.request, TOO_LARGE) });
    else this.#expire(call);
  }

  #read(size: number): Answer | Promise<Answer> {
    if (!this.#pipes.isRead) return this.#pipes.take(size);
    if (this.#open !== null) return this.#expire(this.#open);
    this.#world.emit({ kind: 'phase', phase: 'wait', request: null });
    const first = this.#first;
    if (first !== null) {
      this.#first = null;
      return this.#handOut(first, size);
    }
    const next = this.#world.next(IDLE_TIMEOUT);
    const go = (call: Invocation | null): Answer => {
      // Nobody calls any more: the process ends where it waits.
      if (call === null) return { end: true };
      this.#limit(call);
      return this.#handOut(call, size);
    };
    return next instanceof Promise ? next.then(go) : go(next);
  }

  #handOut(call: Invocation, size: number): Answer {
    this.#open = call;
    this.#isAnswered = false;
    this.#world.emit({ kind: 'phase', phase: 'invoke', request: call.request });
    this.#pipes.write(callToRequest(call, this.#setup.variables));
    return this.#settle() ?? this.#pipes.take(size);
  }

  #write(written: Json | undefined): Answer {
    if (this.#open !== null && !this.#isAnswered) {
      this.#isAnswered = true;
      this.#world.emit({ kind: 'phase', phase: 'respond', request: this.#open.request });
    }
    const bytes = this.#pipes.read(written);
    if (this.#isLost) return { value: null };
    this.#responses.add(bytes);
    return this.#settle() ?? { value: null };
  }

  /**
   * Answers the open call if a response is there for it. Where something else stands in its place the platform gives
   * up reading and tells nobody: the caller waits until the time is up [IRON], and the process may go on. Null when it
   * may.
   */
  #settle(): Answer | null {
    const taken = this.#open === null || this.#responses.length === 0 ? null : this.#responses.take();
    if (this.#open !== null && taken?.kind === 'whole') {
      // Of the response only the body is passed on: its status and headers are lost, and so is what has been read
      // beyond its length [IRON].
      this.#close(this.#open, { status: 'returned', payload: toText(taken.body) });
      this.#responses.drop();
      return null;
    }
    if (taken?.kind === 'malformed') {
      this.#isLost = true;
      this.#responses.drop();
    }
    this.#isTooLarge = this.#responses.length > MAX_ANSWER;
    return this.#isTooLarge ? REMOVED : null;
  }

  /**
   * Nobody will answer, and the caller waits until the time is up: because the process wants to read more, and nobody
   * will write before it has answered, or because it is gone. Nothing can happen until then, so it ends now, with the
   * words of then.
   */
  #expire(call: Invocation): Answer {
    this.#close(call, timeoutToLastWords(call.request, this.#setup.timeout).outcome);
    return { end: true };
  }

  #limit({ request }: Invocation): void {
    const { timeout } = this.#setup;
    this.#world.limit(request, timeout, timeoutToLastWords(request, timeout));
  }

  #close({ request }: Invocation, outcome: Outcome): void {
    this.#open = null;
    this.#first = null;
    this.#world.finish(request, outcome);
  }
}

const TOO_LARGE = 'the response is too large';

function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
