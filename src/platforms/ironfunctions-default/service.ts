/**
 * IronFunctions with a function of the default format: one process for each call, with the caller's body on its
 * standard input, and as the answer what it has written to its standard output. Facts: `iron-functions`
 * of `content/sources.json` [IRON]; what they leave open is marked *inferred*. There is no runtime: the process is the
 * function's own program.
 */
import type { FunctionSetup } from '../../trace/recording.ts';
import { callToEnvironment, configToEnvironment } from '../shared/ironfunctions-call.ts';
import {
  errorToPayload,
  exitToPayload,
  MAX_ANSWER,
  REMOVED,
  timeoutToLastWords,
} from '../shared/ironfunctions-errors.ts';
import { Border } from '../shared/border.ts';
import { badPipe, Pipes, STDIN, STDOUT } from '../shared/ironfunctions-pipes.ts';
import { joinBytes } from '../shared/bytes.ts';
import type { Answer, CreateService, Invocation, Json, Service, ServiceWorld } from '../service.ts';

export const createService: CreateService = (setup, world) => new IronFunctionsDefault(setup, world);

class IronFunctionsDefault implements Service {
  readonly #setup: FunctionSetup;
  readonly #world: ServiceWorld;
  readonly #border: Border;
  readonly #pipes: Pipes;
  /** The one call that the process is there for. */
  #call: Invocation | null = null;
  #answer: Uint8Array[] = [];
  #length = 0;

  constructor(setup: FunctionSetup, world: ServiceWorld) {
    this.#setup = setup;
    this.#world = world;
    this.#border = new Border(world);
    this.#pipes = new Pipes(world);
  }

  /** The call is there before its process is, and its body waits in the pipe; so the time counts from here (inferred). */
  begin(): Readonly<Record<string, string>> {
    const { timeout, variables } = this.#setup;
    const next = this.#border.takeUnanswered();
    if (next === null) return configToEnvironment(variables);
    this.#call = next;
    this.#world.limit(next.request, timeout, timeoutToLastWords(next.request, timeout));
    this.#world.emit({ kind: 'phase', phase: 'invoke', request: next.request });
    this.#pipes.write(new TextEncoder().encode(next.event));
    return callToEnvironment(next, variables);
  }

  call(module: string, name: string, [descriptor, argument]: readonly Json[]): Answer {
    if (module === 'pipe' && name === 'read' && descriptor === STDIN)
      return this.#pipes.take(Number(argument));
    if (module === 'pipe' && name === 'write' && descriptor === STDOUT) return this.#keep(argument);
    return badPipe(name, descriptor);
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#border.output(stream, text);
  }

  /** Inferred: only a process that ended with 0 has answered; of another the caller hears no more than that it failed. */
  exited(code: number): void {
    if (this.#call === null) return;
    const { request } = this.#call;
    this.#call = null;
    if (this.#length > MAX_ANSWER) {
      this.#world.finish(request, { status: 'exited', code, payload: errorToPayload(request, TOO_LARGE) });
    } else if (code !== 0) {
      this.#world.finish(request, { status: 'exited', code, payload: exitToPayload(request, code) });
    } else {
      const payload = new TextDecoder().decode(joinBytes(this.#answer));
      this.#world.finish(request, { status: 'completed', payload });
    }
  }

  /** The first bytes begin the answer, whatever the program meant by them. */
  #keep(written: Json | undefined): Answer {
    if (this.#length === 0) {
      this.#world.emit({ kind: 'phase', phase: 'respond', request: this.#call?.request ?? null });
    }
    const bytes = this.#pipes.read(written);
    this.#length += bytes.length;
    if (this.#length > MAX_ANSWER) return REMOVED;
    this.#answer.push(bytes);
    return { value: null };
  }
}

const TOO_LARGE = 'the answer is too large';
