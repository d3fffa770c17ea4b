/**
 * Apache OpenWhisk as a Python action meets it today: the caller of the action speaks HTTP with the ActionLoop proxy,
 * the proxy speaks lines with the launcher. Facts: `openwhisk-go` [OWG],
 * `openwhisk-python` and `openwhisk-measured` of `content/sources.json`; what they leave open is marked *inferred*. In the
 * trace the service is the proxy, and OpenWhisk itself the caller.
 */
import type { Outcome } from '../../trace/format.ts';
import type { FunctionSetup } from '../../trace/recording.ts';
import { requestToText, responseToText, type HttpRequest, type HttpResponse } from '../shared/http.ts';
import { Border, bytesFromJson, bytesToJson, settle } from '../shared/border.ts';
import { ActionLoopProxy } from './proxy.ts';
import {
  END_OF_ACTIVATION,
  isErrorAnswer,
  timeLimitError,
  toInit,
  toRun,
} from '../shared/openwhisk-requests.ts';
import type {
  Answer,
  CreateService,
  Invocation,
  Json,
  LastWords,
  Service,
  ServiceWorld,
} from '../service.ts';

/** The launcher's descriptors: its standard input, and where the proxy reads its answers [OWG]. */
const IN = 0;
const OUT = 3;

export const createService: CreateService = (setup, world) => new OpenWhiskActionLoop(setup, world);

class OpenWhiskActionLoop implements Service {
  readonly #setup: FunctionSetup;
  readonly #world: ServiceWorld;
  readonly #border: Border;
  readonly #proxy: ActionLoopProxy;
  /** The invocation that OpenWhisk waits for an answer to. */
  #open: Invocation | null = null;
  /** The status with which the process ended. */
  #exit: number | null = null;

  constructor(setup: FunctionSetup, world: ServiceWorld) {
    this.#setup = setup;
    this.#world = world;
    this.#border = new Border(world);
    const observer = {
      toLauncher: (line: string): void => {
        this.#border.tell('service', 'bootstrap', 'stdin', line);
      },
      fromLauncher: (line: string, isAnswer: boolean): void => {
        if (isAnswer && this.#open !== null) this.#phase(isErrorAnswer(line) ? 'report-error' : 'respond');
        this.#border.tell('bootstrap', 'service', `fd ${String(OUT)}`, line);
      },
    };
    this.#proxy = new ActionLoopProxy(observer, (setup.variables.__OW_WAIT_FOR_ACK ?? '') !== '');
  }

  begin(): boolean {
    // Whether it waits for an ack is the proxy's own affair.
    const env = Object.entries(this.#setup.variables).filter(([name]) => name !== '__OW_WAIT_FOR_ACK');
    const files = filesByOwnersNames(this.#world.task);
    this.#post(toInit(files, this.#setup, Object.fromEntries(env)), (response) => {
      if (response.status !== 200) this.#failInit(response);
    });
    return this.#proxy.hasLauncher;
  }

  call(module: string, name: string, [descriptor, argument]: readonly Json[]): Answer | Promise<Answer> {
    if (module === 'pipe' && name === 'read' && descriptor === IN) return this.#read(Number(argument));
    const bytes =
      module === 'pipe' && name === 'write' && descriptor === OUT ? bytesFromJson(argument) : null;
    if (bytes === null) return { error: `nothing plays ${module}.${name}` };
    this.#proxy.receive(bytes);
    return { value: null };
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#border.output(stream, text);
  }

  exited(code: number): void {
    this.#exit = code;
    this.#proxy.launcherEnded();
  }

  #read(size: number): Answer | Promise<Answer> {
    const bytes = this.#proxy.read(size);
    if (bytes !== null) return { value: bytesToJson(bytes) };
    if (!this.#proxy.isReady) return this.#expire();
    this.#world.emit({ kind: 'phase', phase: 'wait', request: null });
    return settle(this.#world.next(), (invocation) => {
      if (invocation === null) return { end: true } as const;
      this.#run(invocation);
      // The activation's line lies there now, whatever the proxy has read meanwhile.
      return { value: bytesToJson(this.#proxy.read(size) ?? new Uint8Array()) };
    });
  }

  #run(invocation: Invocation): void {
    const { timeout } = this.#setup;
    this.#open = invocation;
    this.#world.limit(invocation.request, timeout, this.#lastWords());
    this.#world.emit({ kind: 'phase', phase: 'invoke', request: invocation.request });
    this.#post(toRun(invocation, this.#world.now() + timeout), (response) => {
      this.#close(invocation, response);
    });
  }

  /** OpenWhisk posts to the proxy, and is told of the response when there is one. */
  #post(request: HttpRequest, then: (response: HttpResponse) => void): void {
    this.#border.tell('caller', 'service', `${request.method} ${request.path}`, requestToText(request));
    this.#proxy.handle(request, (response) => {
      this.#border.tell('service', 'caller', String(response.status), responseToText(response));
      then(response);
    });
  }

  #close({ request }: Invocation, response: HttpResponse): void {
    // From both streams, the log's order; the proxy writes them, whatever became of the launcher.
    this.#world.emit({ kind: 'output', stream: 'platform', text: END_OF_ACTIVATION.repeat(2) });
    this.#open = null;
    this.#world.finish(request, this.#outcomeOf(response));
  }

  /** The invocation that the container was made for gets the error. Inferred: nothing marks the end of its log. */
  #failInit(response: HttpResponse): void {
    this.#phase('report-error');
    const request = this.#border.takeUnanswered()?.request ?? null;
    if (request !== null) this.#world.finish(request, this.#outcomeOf(response));
  }

  #outcomeOf({ status, body }: HttpResponse): Outcome {
    const payload = new TextDecoder().decode(body);
    if (this.#exit !== null) return { status: 'exited', code: this.#exit, payload };
    return { status: status === 200 && !isErrorAnswer(payload) ? 'returned' : 'raised', payload };
  }

  /**
   * Inferred: a launcher that reads again before it has answered gets nothing, and its invocation ends when its time is
   * up. Nothing can happen until then, so it ends now, with the words of then.
   */
  #expire(): Answer {
    const request = this.#open?.request ?? this.#border.takeUnanswered()?.request ?? null;
    this.#open = null;
    if (request !== null) this.#world.finish(request, this.#lastWords().outcome);
    return { end: true };
  }

  /** Inferred: the container is removed, and says no more. */
  #lastWords(): LastWords {
    const { timeout: milliseconds } = this.#setup;
    return { log: '', outcome: { status: 'timed-out', milliseconds, payload: timeLimitError(milliseconds) } };
  }

  #phase(phase: 'respond' | 'report-error'): void {
    this.#world.emit({ kind: 'phase', phase, request: this.#open?.request ?? null });
  }
}

/** The function's files as its owner named them: the folder and the new name of the first one are the proxy's work. */
function filesByOwnersNames(task: ServiceWorld['task']): Record<string, string | Uint8Array> {
  const entries = Object.entries(task).map(
    ([path, content]) =>
      [path.replace(/^\/action\/1\/bin\//, '').replace(/^main__\.py$/, '__main__.py'), content] as const,
  );
  return Object.fromEntries(entries);
}
