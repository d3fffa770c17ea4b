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
import {
  errorToPayload,
  exitToPayload,
  MAX_ANSWER,
  REMOVED,
  timeoutToLastWords,
} from '../shared/ironfunctions-errors.ts';
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
  /** All that the process has written and no call was answered with: what is left over answers the next one. */
  readonly #responses = new HttpResponses();
  /** The call that the container was started for, until its process reads. */
  #first: Invocation | null = null;
  #open: Invocation | null = null;
  /** Whether the open call's response has begun. */
  #isAnswered = false;
  /** Why the platform removes the container. */
  #fault: string | null = null;

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

  exited(code: number): void {
    const call = this.#open ?? this.#first;
    if (call === null) return;
    const rest = this.#open === null ? null : this.#responses.take();
    // Without a Content-Length the end of the stream is the response's.
    if (code === 0 && rest?.kind === 'endless')
      this.#close(call, { status: 'completed', payload: toText(rest.body) });
    else {
      const payload = this.#fault === null ? exitToPayload(code) : errorToPayload(this.#fault);
      this.#close(call, { status: 'exited', code, payload });
    }
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
    this.#responses.add(this.#pipes.read(written));
    return this.#settle() ?? { value: null };
  }

  /**
   * Answers the open call if a response is there for it. Inferred: where something else stands in its place, or more
   * than the model keeps, the call fails and the container is removed, since nobody can tell where a response would
   * begin. Null when the process may go on.
   */
  #settle(): Answer | null {
    if (this.#open === null) return this.#responses.length > MAX_ANSWER ? REMOVED : null;
    const taken = this.#responses.length === 0 ? null : this.#responses.take();
    if (taken?.kind === 'whole') {
      // Of the response only the body is passed on: its status and headers are lost [IRON].
      this.#close(this.#open, { status: 'returned', payload: toText(taken.body) });
      return null;
    }
    if (taken?.kind === 'malformed') this.#fault = 'the function wrote what is no HTTP response';
    else if (this.#responses.length > MAX_ANSWER) this.#fault = 'the response is too large';
    return this.#fault === null ? null : REMOVED;
  }

  /**
   * The process wants to read more, and nobody will write before it has answered: both wait until the time is up.
   * Nothing can happen until then, so it ends now, with the words of then.
   */
  #expire(call: Invocation): Answer {
    this.#close(call, timeoutToLastWords(this.#setup.timeout).outcome);
    return { end: true };
  }

  #limit({ request }: Invocation): void {
    const { timeout } = this.#setup;
    this.#world.limit(request, timeout, timeoutToLastWords(timeout));
  }

  #close({ request }: Invocation, outcome: Outcome): void {
    this.#open = null;
    this.#first = null;
    this.#world.finish(request, outcome);
  }
}

function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
