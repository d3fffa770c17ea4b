/**
 * AWS Lambda as its Python runtime meets it today: the native client, the Runtime API, and the platform
 * behind it. Facts: `measured`, `aws-docs` and `lambda-logs-2026` of `content/sources.json`; what they leave open is
 * marked *inferred*. Everything between runtime and service is HTTP, and the trace's messages carry it.
 * [LOGS]: seen in public logs and answers of 2025 and 2026.
 */
import type { Outcome } from '../../trace/format.ts';
import type { Extension, FunctionSetup } from '../../trace/recording.ts';
import {
  bytesToRequest,
  headerOf,
  requestToText,
  responseToBytes,
  responseToText,
  type HttpRequest,
  type HttpResponse,
} from '../shared/http.ts';
import { Border, bytesFromJson, bytesToJson, settle } from '../shared/border.ts';
import { joinBytes } from '../shared/bytes.ts';
import { readFrames } from './frames.ts';
import { NativeClient } from './native-client.ts';
import { functionArnOf, platformLog, type Failure, type PlatformLog } from './platform-log.ts';
import { handleRequest, PAYLOAD_LIMIT, type NextInvocation, type Platform } from './runtime-api.ts';
import type {
  Answer,
  CreateService,
  Interruption,
  Invocation,
  Json,
  LastWords,
  Service,
  ServiceWorld,
} from '../service.ts';

/** Milliseconds that the init phase may take before the platform ends it [AWSDOC]. */
const INIT_LIMIT = 10_000;
/** The same where there is nobody who waits, for a snapshot above all: this, or the function's time-out [AWSDOC]. */
const PREPARED_INIT_LIMIT = 130_000;

/** Milliseconds between SIGTERM and SIGKILL when an environment is removed [AWSDOC]; without an extension there is no SIGTERM. */
const EXTERNAL_PATIENCE = 2000;
const INTERNAL_PATIENCE = 500;
const SIGTERM = 15;
const SIGKILL = 9;

/** How the platform words the signals that end a process. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'hangup',
  2: 'interrupt',
  3: 'quit',
  6: 'aborted',
  8: 'floating point exception',
  9: 'killed',
  11: 'segmentation fault',
  13: 'broken pipe',
  14: 'alarm clock',
  15: 'terminated',
};

/** An invocation that has been handed out and not yet answered. */
interface Open {
  readonly invocation: Invocation;
  readonly began: number;
}

/** What the runtime has said of the init phase: what the caller gets, and the type of the error. */
interface InitError {
  readonly payload: string;
  readonly errorType: string;
}

export const createService: CreateService = (setup, world) => new LambdaToday(setup, world);

class LambdaToday implements Service {
  readonly #setup: FunctionSetup;
  readonly #world: ServiceWorld;
  readonly #border: Border;
  readonly #client: NativeClient;
  readonly #platform: Platform;
  readonly #log: PlatformLog;
  /** The beginning of a log frame that is not complete yet. */
  #frame: Uint8Array = new Uint8Array();
  readonly #started: number;
  /** The environment was reset: the init phase is a part of the invocation, its time and its bill [AWSDOC]. */
  readonly #isReset: boolean;
  #open: Open | null = null;
  /** The invocation that was answered last: of others before it nothing is kept. */
  #answered: string | null = null;
  /** Milliseconds that the init phase took: null until the runtime asks for its first invocation. */
  #initDuration: number | null = null;
  /** When the restore from a snapshot began, and how long it took; null where there is none. */
  #restoreBegan: number | null = null;
  #restoreDuration: number | null = null;
  /** Init and restore are told in the first REPORT only [LOGS]. */
  #isFirst = true;
  #initError: InitError | null = null;
  /** The open invocation's answer was too large. */
  #isRefused = false;
  /** The event by which the environment is removed: the process has had its signal. */
  #shutdown: Invocation | null = null;
  #isSignalled = false;

  constructor(setup: FunctionSetup, world: ServiceWorld) {
    this.#setup = setup;
    this.#world = world;
    this.#border = new Border(world);
    this.#log = platformLog(setup, world.now);
    this.#started = world.now();
    // Managed instances have several processes, and are not reset [AWSDOC].
    this.#isReset = world.earlierProcesses > 0 && setup.start !== 'managed';
    const address = setup.variables.AWS_LAMBDA_RUNTIME_API ?? '';
    const print = (text: string): void => {
      this.output('stdout', text);
    };
    this.#client = new NativeClient(address, (request) => this.#send(request), print, world.now);
    this.#platform = {
      next: () => this.#next(),
      restore: () => {
        this.#restore();
      },
      isInitialised: () => this.#initDuration !== null,
      isBusy: () => this.#open !== null && this.#initDuration !== null,
      stateOf: (request) => {
        if (this.#open?.invocation.request === request) return this.#isRefused ? 'answered' : 'open';
        return this.#answered === request ? 'answered' : 'unknown';
      },
      attempt: attemptIdOf,
      answer: (request, body) => {
        this.#settle('respond', request, { status: 'returned', payload: toText(body) });
      },
      fail: (request, body) => {
        this.#settle('report-error', request, { status: 'raised', payload: toText(body) });
      },
      refuse: (request) => {
        this.#world.emit({ kind: 'phase', phase: 'respond', request });
        this.#isRefused = true;
      },
      initFailed: (request) => {
        this.#world.emit({ kind: 'phase', phase: 'report-error', request: null });
        this.#initError = {
          payload: toText(request.body),
          errorType: toErrorType(headerOf(request.headers, 'Lambda-Runtime-Function-Error-Type')),
        };
      },
    };
  }

  begin(): true {
    if (this.#isReset) {
      // The invocation's time runs already while the process starts again [AWSDOC].
      this.#limit(this.#world.startedFor, this.#setup.timeout, this.#lastWordsOfInit());
      return true;
    }
    // Inferred: the line is the environment's, and not each process's.
    if (this.#world.earlierProcesses === 0) this.#border.log(this.#log.initStart());
    const limit = this.#isPrepared() ? Math.max(PREPARED_INIT_LIMIT, this.#setup.timeout) : INIT_LIMIT;
    const log = this.#logOf(this.#started + limit).initReport(limit, 'init', TIMED_OUT);
    this.#limit(null, limit, { log, outcome: null });
    return true;
  }

  call(module: string, name: string, args: readonly Json[]): Answer | Promise<Answer> {
    try {
      if (module === 'telemetry') return this.#takeFrame(args[0]);
      const answer = module === 'socket' ? this.#exchange(args[0]) : this.#client.call(name, args);
      return answer instanceof Promise ? answer.catch(this.#endOrThrow) : answer;
    } catch (error) {
      return this.#endOrThrow(error);
    }
  }

  /** An answer that will not come ends the process, or else it gets a signal first. */
  readonly #endOrThrow = (error: unknown): Answer => {
    if (!(error instanceof NotNeeded)) throw error;
    if (this.#shutdown === null || this.#isSignalled) return { end: true };
    this.#isSignalled = true;
    this.#border.tell('service', 'bootstrap', 'SIGTERM', this.#shutdown.event);
    return { signal: SIGTERM };
  };

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#border.output(stream, text);
  }

  exited(code: number): void {
    if (this.#shutdown !== null) {
      this.#world.finish(this.#shutdown.request, { status: 'shut-down', code });
      return;
    }
    if (this.#open !== null && this.#initDuration !== null) {
      this.#exitedInInvocation(this.#open, code);
      return;
    }
    // Between two invocations nobody waits (inferred).
    if (this.#initDuration === null) this.#exitedInInit(code);
  }

  #exitedInInvocation(open: Open, code: number): void {
    if (this.#isRefused) {
      // Inferred: what REPORT says of it.
      const failure: Failure = { status: 'error', errorType: 'Function.ResponseSizeTooLarge' };
      this.#close(open, { status: 'exited', code, payload: TOO_LARGE }, failure);
    } else this.#close(open, { status: 'exited', code, payload: exitPayload(open, code) }, EXITED);
  }

  /**
   * The first time the platform tries again within the invocation, and the caller gets what came of that [LOGS]. In an
   * environment that was reset it has been within the invocation already.
   */
  #exitedInInit(code: number): void {
    const failure: Failure =
      this.#initError === null ? EXITED : { status: 'error', errorType: this.#initError.errorType };
    const now = this.#world.now();
    if (this.#restoreBegan !== null)
      this.#border.log(this.#log.restoreReport(now - this.#restoreBegan, failure));
    else
      this.#border.log(this.#log.initReport(now - this.#started, this.#isReset ? 'invoke' : 'init', failure));
    // Inferred: a function of snapshots that cannot be prepared is not tried again within the invocation.
    if (!this.#isReset && !this.#isPrepared()) {
      this.#world.restart();
      return;
    }
    const invocation = this.#border.takeUnanswered();
    if (invocation === null) return;
    const open = this.#begin(invocation, this.#isReset ? this.#started : now);
    const payload = this.#initError?.payload ?? exitPayload(open, code);
    this.#close(open, { status: 'exited', code, payload }, failure);
  }

  /** A request that came as the bytes of a connection. */
  #exchange(bytes: Json | undefined): Answer | Promise<Answer> {
    const request = bytesToRequest(bytesFromJson(bytes) ?? new Uint8Array());
    if (request === null) return { error: 'Connection reset by peer' };
    return settle(this.#send(request), (response) => ({ value: bytesToJson(responseToBytes(response)) }));
  }

  /** A frame is one event of the log, and may end without the end of a line: the next event begins on its own. */
  #takeFrame(bytes: Json | undefined): Answer {
    const { frames, rest } = readFrames(joinBytes([this.#frame, bytesFromJson(bytes) ?? new Uint8Array()]));
    this.#frame = rest;
    for (const { message } of frames)
      this.output('stdout', message.endsWith('\n') ? message : `${message}\n`);
    return { value: null };
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
    this.#endInit();
    if (this.#shutdown !== null) return this.#kill(this.#shutdown);
    this.#world.emit({ kind: 'phase', phase: 'wait', request: null });
    return settle(this.#world.next(), (invocation) => {
      if (invocation === null) return null;
      if (this.#setup.extension !== undefined && isShutdown(invocation)) return this.#shutDown(invocation);
      const isSuppressed = this.#isReset && this.#isFirst;
      const open = this.#begin(invocation, isSuppressed ? this.#started : this.#world.now());
      const { began } = open;
      const left = this.#setup.timeout - (this.#world.now() - began);
      this.#limit(invocation.request, Math.max(0, left), this.#lastWords(open));
      return {
        ...invocation,
        deadline: Math.floor(began + this.#setup.timeout),
        arn: functionArnOf(this.#setup.variables),
        trace: traceIdOf(invocation.request, began),
        attempt: attemptIdOf(invocation.request),
      };
    });
  }

  /** The extension is told, and the runtime's process gets SIGTERM; soon after it is killed [AWSDOC]. */
  #shutDown(invocation: Invocation): null {
    this.#shutdown = invocation;
    const patience = this.#setup.extension === 'external' ? EXTERNAL_PATIENCE : INTERNAL_PATIENCE;
    this.#limit(invocation.request, patience, { log: '', outcome: { status: 'shut-down', code: -SIGKILL } });
    return null;
  }

  /** The process waits on as if nothing had happened: what is left of its time is not waited for (inferred). */
  #kill({ request }: Invocation): null {
    this.#world.finish(request, { status: 'shut-down', code: -SIGKILL });
    return null;
  }

  /** The runtime is ready for its first invocation: the init phase is over, and the restore where there was one. */
  #endInit(): void {
    if (this.#initDuration !== null) return;
    const now = this.#world.now();
    this.#initDuration = now - this.#started;
    if (this.#setup.extension !== undefined) this.#border.log(extensionLine(this.#setup.extension));
    if (this.#restoreBegan === null) return;
    this.#restoreDuration = now - this.#restoreBegan;
    this.#border.log(this.#log.restoreReport(this.#restoreDuration, null));
  }

  /** The process stands still for its snapshot, and is brought back at once (inferred: there is nobody to wait for). */
  #restore(): void {
    const now = this.#world.now();
    // Inferred: that this line is written, and where; that it may have this status is documented.
    this.#border.log(this.#log.initReport(now - this.#started, 'init', 'success'));
    this.#border.log(this.#log.restoreStart());
    this.#restoreBegan = this.#world.now();
  }

  /** Whether the process is made ready long before an invocation needs it. */
  #isPrepared(): boolean {
    const type = this.#setup.variables.AWS_LAMBDA_INITIALIZATION_TYPE ?? 'on-demand';
    return type !== 'on-demand';
  }

  #begin(invocation: Invocation, began: number): Open {
    // After a reset this line comes when the init is over, well or not [LOGS].
    this.#border.log(this.#log.start(invocation.request));
    this.#open = { invocation, began };
    return this.#open;
  }

  #settle(phase: 'respond' | 'report-error', request: string, outcome: Outcome): void {
    this.#world.emit({ kind: 'phase', phase, request });
    // What a handler raises, and what is no JSON, leaves no status in REPORT [LOGS].
    if (this.#open !== null) this.#close(this.#open, outcome, null);
  }

  #close(open: Open, outcome: Outcome, failure: Failure | null): void {
    const { request } = open.invocation;
    this.#border.log(this.#endAndReport(request, this.#world.now() - open.began, failure));
    this.#isFirst = false;
    this.#open = null;
    this.#isRefused = false;
    this.#answered = request;
    this.#world.finish(request, outcome);
  }

  #limit(request: string | null, milliseconds: number, last: LastWords | Interruption): void {
    // Whole milliseconds, none of them given away.
    this.#world.limit(request, Math.ceil(milliseconds), last);
  }

  /** The log says it in REPORT alone, and the caller hears of the sandbox [LOGS]. */
  #lastWords({ invocation: { request }, began }: Open): LastWords {
    const { timeout } = this.#setup;
    // Nobody measures the memory of an environment that is busy: it is that of the beginning.
    return {
      log: this.#endAndReport(request, timeout, TIMED_OUT, this.#logOf(began + timeout)),
      outcome: timedOut(request, timeout),
    };
  }

  /** The log of a moment that is still to come. */
  #logOf(moment: number): PlatformLog {
    return platformLog(this.#setup, () => moment);
  }

  /** The same while a process that was started again is not ready yet: both are told of, the init first [LOGS]. */
  #lastWordsOfInit(): LastWords {
    const { timeout } = this.#setup;
    const request = this.#world.startedFor;
    const log = this.#logOf(this.#started + timeout);
    const lines = [
      log.initReport(timeout, 'invoke', TIMED_OUT),
      log.start(request),
      this.#endAndReport(request, timeout, TIMED_OUT, log),
    ];
    return { log: lines.join(''), outcome: timedOut(request, timeout) };
  }

  #endAndReport(request: string, duration: number, failure: Failure | null, log = this.#log): string {
    const isFresh = this.#isFirst && !this.#isReset;
    const isRestored = this.#restoreDuration !== null;
    return log.endAndReport({
      request,
      duration,
      failure,
      memoryUsed: this.#world.memoryUsed(),
      initDuration: isFresh && !isRestored ? this.#initDuration : null,
      restoreDuration: isFresh ? this.#restoreDuration : null,
    });
  }
}

const TIMED_OUT: Failure = { status: 'timeout' };
const EXITED: Failure = { status: 'error', errorType: 'Runtime.ExitError' };

/** What the caller gets in place of an answer that is too large [LOGS]. */
const TOO_LARGE = JSON.stringify({
  errorMessage: `Response payload size exceeded maximum allowed payload size (${String(PAYLOAD_LIMIT)} bytes).`,
  errorType: 'Function.ResponseSizeTooLarge',
});

function timedOut(request: string, milliseconds: number): Outcome {
  const seconds = (milliseconds / 1000).toFixed(2);
  const errorMessage = `RequestId: ${request} Error: Task timed out after ${seconds} seconds`;
  const payload = JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage });
  return { status: 'timed-out', milliseconds, payload };
}

function exitPayload({ invocation: { request } }: Open, code: number): string {
  const errorMessage = `RequestId: ${request} Error: ${reasonOf(code)}`;
  return JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage });
}

/** A type that is not `Category.Reason` is not taken over [AWSDOC]. */
function toErrorType(told: string | null): string {
  return told !== null && /^[A-Z]\w*\.[A-Z]\w*$/.test(told) ? told : 'Runtime.Unknown';
}

/** The id of one attempt at an invocation; made of the request's own, as a trial run is the only attempt. */
function attemptIdOf(request: string): string {
  return request.replace(/^[^-]*/, (digits) => Array.from(digits).reverse().join(''));
}

/** There will be no further invocation: the process ends where it waits. */
class NotNeeded extends Error {
  override name = 'NotNeeded';
}

/** Before the first invocation [LOGS]. Inferred: the name, and which of the two lists of events an internal one has. */
function extensionLine(extension: Extension): string {
  const events = extension === 'external' ? 'INVOKE, SHUTDOWN' : '';
  return `EXTENSION\tName: lab-${extension}\tState: Ready\tEvents: [${events}]\n`;
}

/** Whether it is the event of the Extensions API by which an environment is removed [AWSDOC], and no invocation. */
function isShutdown({ event }: Invocation): boolean {
  try {
    const value: unknown = JSON.parse(event);
    return (
      typeof value === 'object' && value !== null && 'eventType' in value && value.eventType === 'SHUTDOWN'
    );
  } catch {
    return false;
  }
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
