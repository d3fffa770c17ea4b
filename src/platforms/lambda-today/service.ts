/**
 * AWS Lambda as its Python runtime meets it today: the native client, the Runtime API, and the platform
 * behind it. Facts: `measured`, `aws-docs`, `azul` and `power-tuning` of `content/sources.json`; what they leave open is
 * marked *inferred*. Everything between runtime and service is HTTP, and the trace's messages carry it.
 * [AZUL]: logs of time-outs of October 2023, in the issue DataBiosphere/azul 5622; [POWER]: an answer of December 2021, in
 * alexcasalboni/aws-lambda-power-tuning 151.
 */
import type { Outcome } from '../../trace/format.ts';
import type { FunctionSetup } from '../../trace/recording.ts';
import {
  bytesToRequest,
  requestToText,
  responseToBytes,
  responseToText,
  type HttpRequest,
  type HttpResponse,
} from '../shared/http.ts';
import { Border, bytesFromJson, bytesToJson, settle } from '../shared/border.ts';
import { NativeClient } from './native-client.ts';
import { handleRequest, PAYLOAD_LIMIT, type NextInvocation, type Platform } from './runtime-api.ts';
import type {
  Answer,
  CreateService,
  Invocation,
  Json,
  LastWords,
  Service,
  ServiceWorld,
} from '../service.ts';
import { timeoutToMessage } from '../shared/timeout-message.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';
/** How the platform words the signals that end a process. */
const SIGNALS: Readonly<Record<number, string>> = {
  2: 'interrupt',
  6: 'aborted',
  9: 'killed',
  11: 'segmentation fault',
  15: 'terminated',
};

/** An invocation that has been handed out and not yet answered. */
interface Open {
  readonly invocation: Invocation;
  readonly began: number;
}

export const createService: CreateService = (setup, world) => new LambdaToday(setup, world);

class LambdaToday implements Service {
  readonly #setup: FunctionSetup;
  readonly #world: ServiceWorld;
  readonly #border: Border;
  readonly #client: NativeClient;
  readonly #platform: Platform;
  readonly #started: number;
  #open: Open | null = null;
  /** The invocation that was answered last: of others before it nothing is kept. */
  #answered: string | null = null;
  /** Milliseconds that the init phase took: null until the runtime asks for its first invocation. */
  #initDuration: number | null = null;
  #reportsInit = true;
  #initError: string | null = null;

  constructor(setup: FunctionSetup, world: ServiceWorld) {
    this.#setup = setup;
    this.#world = world;
    this.#border = new Border(world);
    this.#started = world.now();
    const address = setup.variables.AWS_LAMBDA_RUNTIME_API ?? '';
    const print = (text: string): void => {
      this.output('stdout', text);
    };
    this.#client = new NativeClient(address, (request) => this.#send(request), print, world.now);
    this.#platform = {
      next: () => this.#next(),
      isInitialised: () => this.#initDuration !== null,
      isBusy: () => this.#open !== null,
      stateOf: (request) => {
        if (this.#open?.invocation.request === request) return 'open';
        return this.#answered === request ? 'answered' : 'unknown';
      },
      answer: (request, body) => {
        this.#settle('respond', request, { status: 'returned', payload: toText(body) });
      },
      fail: (request, body) => {
        this.#settle('report-error', request, { status: 'raised', payload: toText(body) });
      },
      refuse: (request) => {
        this.#settle('respond', request, { status: 'raised', payload: TOO_LARGE });
      },
      initFailed: (body) => {
        this.#world.emit({ kind: 'phase', phase: 'report-error', request: null });
        this.#initError = toText(body);
      },
    };
  }

  call(module: string, name: string, args: readonly Json[]): Answer | Promise<Answer> {
    try {
      const answer = module === 'socket' ? this.#exchange(args[0]) : this.#client.call(name, args);
      return answer instanceof Promise ? answer.catch(endOrThrow) : answer;
    } catch (error) {
      return endOrThrow(error);
    }
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#border.output(stream, text);
  }

  exited(code: number): void {
    // Ended in the init phase: the invocation it was started for fails. Ended between two: nobody waits (inferred).
    const open = this.#open ?? (this.#initDuration === null ? this.#beginUnanswered() : null);
    if (open === null) return;
    const { request } = open.invocation;
    const reason = `RequestId: ${request} Error: ${reasonOf(code)}`;
    const payload = JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: reason });
    // An error of the init phase is what the caller gets; otherwise nobody said what was wrong.
    if (this.#initError !== null) this.#close(open, { status: 'exited', code, payload: this.#initError });
    else this.#close(open, { status: 'exited', code, payload }, `${reason}\nRuntime.ExitError\n`);
  }

  /** A request that came as the bytes of a connection. */
  #exchange(bytes: Json | undefined): Answer | Promise<Answer> {
    const request = bytesToRequest(bytesFromJson(bytes) ?? new Uint8Array());
    if (request === null) return { error: 'Connection reset by peer' };
    return settle(this.#send(request), (response) => ({ value: bytesToJson(responseToBytes(response)) }));
  }

  #send(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
    this.#border.tell('bootstrap', 'service', `${request.method} ${request.path}`, requestToText(request));
    return settle(handleRequest(request, this.#platform), (response) => {
      if (response === null) throw new NotNeeded();
      this.#border.tell('service', 'bootstrap', String(response.status), responseToText(response));
      if (this.#open !== null && response.status === 200 && request.path.endsWith('/next')) {
        this.#world.emit({ kind: 'phase', phase: 'invoke', request: this.#open.invocation.request });
      }
      return response;
    });
  }

  #next(): NextInvocation | null | Promise<NextInvocation | null> {
    this.#initDuration ??= this.#world.now() - this.#started;
    this.#world.emit({ kind: 'phase', phase: 'wait', request: null });
    return settle(this.#world.next(), (invocation) => {
      if (invocation === null) return null;
      const open = this.#begin(invocation);
      const { began } = open;
      this.#world.limit(invocation.request, this.#setup.timeout, this.#lastWords(open));
      return {
        ...invocation,
        deadline: Math.floor(began + this.#setup.timeout),
        arn: ARN + (this.#setup.variables.AWS_LAMBDA_FUNCTION_NAME ?? ''),
        trace: traceIdOf(invocation.request, began),
      };
    });
  }

  #begin(invocation: Invocation): Open {
    const version = this.#setup.variables.AWS_LAMBDA_FUNCTION_VERSION ?? '$LATEST';
    this.#border.log(`START RequestId: ${invocation.request} Version: ${version}\n`);
    this.#open = { invocation, began: this.#world.now() };
    return this.#open;
  }

  #settle(phase: 'respond' | 'report-error', request: string, outcome: Outcome): void {
    this.#world.emit({ kind: 'phase', phase, request });
    if (this.#open !== null) this.#close(this.#open, outcome);
  }

  #close(open: Open, outcome: Outcome, message = ''): void {
    const { request } = open.invocation;
    this.#border.log(this.#endAndReport(request, this.#world.now() - open.began));
    if (message !== '') this.#border.log(message);
    this.#reportsInit = false;
    this.#open = null;
    this.#answered = request;
    this.#world.finish(request, outcome);
  }

  /** The line that names the time-out stands before END and has a blank one after it [AZUL]; the caller gets it [POWER]. */
  #lastWords({ invocation: { request }, began }: Open): LastWords {
    const { timeout } = this.#setup;
    const message = timeoutToMessage(request, began, timeout);
    return {
      // Nobody measures the memory of an environment that is busy: it is that of the beginning.
      log: `${message}\n\n${this.#endAndReport(request, timeout)}`,
      outcome: {
        status: 'timed-out',
        milliseconds: timeout,
        payload: JSON.stringify({ errorMessage: message }),
      },
    };
  }

  /** END and REPORT, Init Duration last and only once [RIE, RIC#43]. */
  #endAndReport(request: string, duration: number): string {
    const size = this.#setup.variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '128';
    const init =
      this.#reportsInit && this.#initDuration !== null
        ? `Init Duration: ${this.#initDuration.toFixed(2)} ms\t`
        : '';
    return (
      `END RequestId: ${request}\n` +
      `REPORT RequestId: ${request}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${String(Math.ceil(duration))} ms\t` +
      `Memory Size: ${size} MB\tMax Memory Used: ${String(this.#world.memoryUsed())} MB\t${init}\n`
    );
  }

  #beginUnanswered(): Open | null {
    const invocation = this.#border.takeUnanswered();
    return invocation === null ? null : this.#begin(invocation);
  }
}

/** What the caller gets in place of an answer that is too large. Inferred: the words. */
const TOO_LARGE = JSON.stringify({
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${String(PAYLOAD_LIMIT)} bytes).`,
});

/** There will be no further invocation: the process ends where it waits. */
class NotNeeded extends Error {
  override name = 'NotNeeded';
}

function endOrThrow(error: unknown): Answer {
  if (error instanceof NotNeeded) return { end: true };
  throw error;
}

/** How the platform words an exit: `exit status 1`, `signal: killed` [M]. */
function reasonOf(code: number): string {
  if (code === 0) return 'Runtime exited without providing a reason';
  const how =
    code > 0 ? `exit status ${String(code)}` : `signal: ${SIGNALS[-code] ?? `signal ${String(-code)}`}`;
  return `Runtime exited with error: ${how}`;
}

/** A trace for X-Ray in the form of the real ones, made of the request's own id; it is not sampled. */
function traceIdOf(request: string, now: number): string {
  const digits = request.replaceAll('-', '').padEnd(32, '0');
  const seconds = Math.floor(now / 1000).toString(16);
  return `Root=1-${seconds}-${digits.slice(0, 24)};Parent=${digits.slice(-16)};Sampled=0`;
}

function toText(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
