/**
 * AWS Lambda as its Python runtime met it in 2016: plays the native module `runtime` and the platform
 * behind it. Facts: `docker-lambda`, `post`, `aws-lambda-go` [EAWSY] and `echo-sonos` [ECHO] of `content/sources.json`;
 * what they leave open is marked *inferred*. [ECHO] and [REDSHIFT] are logs of a time-out, of 2016-06-06 (with its
 * answer) and 2016-04-14; [REDSHIFT] is the issue awslabs/aws-lambda-redshift-loader 80.
 */
import type { Outcome } from '../../trace/format.ts';
import type { FunctionSetup } from '../../trace/recording.ts';
import { ownValue } from '../../trace/own-value.ts';
import { Border, bytesFromJson, bytesToJson, valueToText } from '../shared/border.ts';
import { DATA_SOCKET, DataSocket } from './data.ts';
import { endLines, startLine } from './log.ts';
import type {
  Answer,
  CreateService,
  Invocation,
  Json,
  LastWords,
  Service,
  ServiceWorld,
} from '../service.ts';
import { shorten } from '../shared/shorten.ts';
import { timeoutToMessage } from './timeout-message.ts';

/** Lambda refuses larger answers; the words are inferred, and so is that characters stand for bytes here. */
const MAX_ANSWER = 6 * 1024 * 1024;
/** Characters of a fault that the log keeps. */
const MAX_FAULT = 65_536;

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';

/** Stand-ins, shaped like the real ones (key, secret, session); they open nothing. */
const CREDENTIALS = ['ASIAEXAMPLEEXAMPLE00', 'example-secret-that-opens-nothing', 'example-session'] as const;

/** The same for a runtime of later years that takes them by their names. */
const NAMED_CREDENTIALS = { key: CREDENTIALS[0], secret: CREDENTIALS[1], session: CREDENTIALS[2] };

/** An invocation that has been handed out and not yet answered. */
interface Open {
  readonly invocation: Invocation;
  readonly began: number;
  /** What the runtime reads and writes in http mode; null in event mode. */
  readonly data: DataSocket | null;
}

/** What a start or an invocation is told with, by the names of its parts (`src/dump/native-calls.ts` finds those of later years). */
type Parts = Readonly<Record<string, Json>>;

/** The parts in 2016, in their order [DL-0516]. */
const STARTED = ['request', 'mode', 'handler', 'suppress', 'credentials'];
const INVOKED = ['request', 'socket', 'credentials', 'event', 'context', 'arn'];

export const createService: CreateService = (setup, world) => new Lambda2016(setup, world);

class Lambda2016 implements Service {
  readonly #setup: FunctionSetup;
  readonly #world: ServiceWorld;
  readonly #border: Border;
  #open: Open | null = null;
  /** The parts of an invocation that a later runtime takes; null for those of 2016. */
  #wanted: readonly string[] | null = null;
  /** False until the runtime has asked for its first invocation. */
  #initialised = false;

  constructor(setup: FunctionSetup, world: ServiceWorld) {
    this.#setup = setup;
    this.#world = world;
    this.#border = new Border(world);
  }

  call(module: string, name: string, args: readonly Json[]): Answer | Promise<Answer> {
    if (module === 'socket') return this.#useSocket(name, args);
    switch (name) {
      case 'recv_start':
      case 'receive_start':
        return this.#start(name, wantedOf(args));
      case 'receive_invoke':
        this.#wanted = wantedOf(args);
        return this.#receive();
      case 'report_running':
      case 'report_user_init_start':
      case 'report_user_init_end':
      case 'report_user_invoke_start':
      case 'report_user_invoke_end':
      case 'report_xray_exception':
      case 'log_sb':
        return this.#heard(name, args);
      case 'report_fault':
        return this.#fault(args);
      case 'report_done':
        return this.#done(args);
      case 'log_bytes':
        this.output(args[1] === 2 ? 'stderr' : 'stdout', toText(args[0]));
        return { value: null };
      case 'send_console_message':
        return this.#heard(name, args);
      case 'get_remaining_time':
        return { value: this.#remaining() };
      default:
        return { error: `the native module runtime has no function ${name}` };
    }
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#border.output(stream, text);
  }

  exited(code: number): void {
    // Ended in the init phase: the invocation it was started for fails. Ended between two: nobody waits (inferred).
    const open = this.#open ?? (this.#initialised ? null : this.#beginUnanswered());
    if (open === null) return;
    const request = open.invocation.request;
    // Inferred: the words are those that users of the time quote; that they close the log is our choice.
    const message = `RequestId: ${request} Process exited before completing request`;
    this.#close(
      open,
      { status: 'exited', code, payload: JSON.stringify({ errorMessage: message }) },
      message,
    );
  }

  #start(name: string, wanted: readonly string[] | null): Answer {
    const parts: Parts = {
      request: this.#world.startedFor,
      mode: this.#setup.mode ?? 'event',
      handler: this.#setup.handler,
      suppress: this.#setup.suppressInit,
      credentials: CREDENTIALS,
      namedCredentials: NAMED_CREDENTIALS,
      throttled: false,
    };
    const value = (wanted ?? STARTED).map((part) => ownValue(parts, part) ?? null);
    this.#toBootstrap(name, value);
    return { value };
  }

  #receive(): Answer | Promise<Answer> {
    this.#initialised = true;
    this.#world.emit({ kind: 'phase', phase: 'wait', request: null });
    if (this.#open !== null) return this.#expire(this.#open);
    const next = this.#world.next();
    return next instanceof Promise
      ? next.then((invocation) => this.#handOut(invocation))
      : this.#handOut(next);
  }

  #handOut(invocation: Invocation | null): Answer {
    if (invocation === null) return { end: true };
    const open = this.#begin(invocation);
    this.#world.limit(invocation.request, this.#setup.timeout, this.#lastWords(open));
    const parts: Parts = {
      request: invocation.request,
      // Inferred: either the event or the socket on which a request waits, and in place of the other nothing.
      socket: open.data === null ? -1 : DATA_SOCKET,
      credentials: CREDENTIALS,
      namedCredentials: NAMED_CREDENTIALS,
      event: open.data === null ? invocation.event : '',
      context: { clientcontext: null, cognitoidentityid: null, cognitopoolid: null },
      arn: ARN + (this.#setup.variables.AWS_LAMBDA_FUNCTION_NAME ?? ''),
      // Who looks at the clock moves a recording's on: only a later runtime's invocation does.
      trace:
        this.#wanted?.includes('trace') === true ? traceIdOf(invocation.request, this.#world.now()) : null,
      parent: null,
      sampled: null,
    };
    const value = (this.#wanted ?? INVOKED).map((part) => ownValue(parts, part) ?? null);
    this.#world.emit({ kind: 'phase', phase: 'invoke', request: invocation.request });
    this.#toBootstrap('receive_invoke', value);
    return { value };
  }

  #begin(invocation: Invocation): Open {
    this.#border.log(startLine(invocation.request, this.#setup));
    const host = this.#setup.variables.AWS_LAMBDA_FUNCTION_NAME ?? 'lab';
    const data = this.#setup.mode === 'http' ? new DataSocket(invocation.event, host, MAX_ANSWER) : null;
    this.#open = { invocation, began: this.#world.now(), data };
    return this.#open;
  }

  #heard(name: string, args: readonly Json[]): Answer {
    this.#toService(name, args);
    return { value: null };
  }

  #fault(args: readonly Json[]): Answer {
    const [request, message, exceptValue, trace] = args;
    this.#world.emit({ kind: 'phase', phase: 'report-error', request: valueToText(request) });
    this.#toService('report_fault', args);
    // `MESSAGE: TYPE`, the traceback, a blank line [EAWSY]; inferred: a fault without a traceback has the blank line too.
    const first = `${valueToText(message)}${exceptValue === null ? '' : `: ${valueToText(exceptValue)}`}\n`;
    this.output('stderr', `${shorten(`${first}${trace === null ? '' : valueToText(trace)}`, MAX_FAULT)}\n`);
    return { value: null };
  }

  #done(args: readonly Json[]): Answer {
    const [request, errorType, result] = args;
    const open = this.#open?.invocation.request === request ? this.#open : null;
    // In http mode the phase began with the response's first bytes.
    if (open !== null && open.data?.isAnswered !== true) this.#respond(open);
    this.#toService('report_done', args);
    // Inferred: an answer to an invocation that is not open is dropped, a second one above all: the control
    // socket has no way to refuse what it carries, and nobody waits for it any more.
    if (open === null) return { value: null };
    const answer =
      open.data === null ? eventAnswer(valueToText(result)) : httpAnswer(open.data, open.invocation.request);
    if ('fault' in answer) {
      this.#close(open, { status: 'raised', payload: JSON.stringify({ errorMessage: answer.fault }) });
    } else this.#close(open, { status: errorType === null ? 'returned' : 'raised', payload: answer.payload });
    return { value: null };
  }

  #respond({ invocation: { request } }: Open): void {
    this.#world.emit({ kind: 'phase', phase: 'respond', request });
  }

  /** Inferred: only the data socket of the invocation that is open is there. */
  #useSocket(name: string, [descriptor, argument]: readonly Json[]): Answer {
    const open = this.#open;
    const data = open?.data ?? null;
    if (open === null || data === null || descriptor !== DATA_SOCKET)
      return { error: `socket ${valueToText(descriptor)} is not open` };
    if (name === 'receive') {
      if (!data.isRead) this.#border.tell('service', 'bootstrap', 'request', data.request);
      return { value: bytesToJson(data.receive(Number(argument))) };
    }
    const bytes = name === 'send' ? bytesFromJson(argument) : null;
    if (bytes === null) return { error: `a socket cannot ${name} ${valueToText(argument)}` };
    if (!data.isAnswered) this.#respond(open);
    data.send(bytes);
    this.#border.tell('bootstrap', 'service', 'response', new TextDecoder().decode(bytes));
    return { value: null };
  }

  /**
   * Inferred: a runtime that waits again before it has answered is handed nothing, and its invocation ends
   * when its time is up. Nothing can happen until then, so it ends now, with the words of then.
   */
  #expire(open: Open): Answer {
    const { log, outcome } = this.#lastWords(open);
    this.#border.log(log);
    this.#open = null;
    this.#world.finish(open.invocation.request, outcome);
    return { end: true };
  }

  #close(open: Open, outcome: Outcome, message?: string): void {
    const { request } = open.invocation;
    this.#border.log(this.#endLines(request, this.#world.now() - open.began));
    if (message !== undefined) this.#border.log(`${message}\n`);
    this.#open = null;
    this.#world.finish(request, outcome);
  }

  /** The line that names the time-out comes last, and is what the caller gets as well [ECHO, REDSHIFT]. */
  #lastWords({ invocation: { request }, began }: Open): LastWords {
    const { timeout } = this.#setup;
    const message = timeoutToMessage(request, began, timeout);
    return {
      // Nobody measures the memory of an environment that is busy: it is that of the beginning.
      log: `${this.#endLines(request, timeout)}${message}\n`,
      outcome: {
        status: 'timed-out',
        milliseconds: timeout,
        payload: JSON.stringify({ errorMessage: message }),
      },
    };
  }

  #endLines(request: string, duration: number): string {
    return endLines(request, this.#setup, duration, this.#world.memoryUsed());
  }

  #beginUnanswered(): Open | null {
    const invocation = this.#border.takeUnanswered();
    return invocation === null ? null : this.#begin(invocation);
  }

  #remaining(): number {
    if (this.#open === null) return this.#setup.timeout;
    return Math.max(0, Math.floor(this.#open.began + this.#setup.timeout - this.#world.now()));
  }

  #toBootstrap(what: string, body: Json): void {
    this.#border.tell('service', 'bootstrap', what, JSON.stringify(body));
  }

  #toService(what: string, body: Json): void {
    this.#border.tell('bootstrap', 'service', what, JSON.stringify(body));
  }
}

/** What was written, as text or as bytes. */
function toText(value: Json | undefined): string {
  const bytes = bytesFromJson(value);
  return bytes === null ? valueToText(value) : new TextDecoder().decode(bytes);
}

/** An X-Ray header of an invocation that is not sampled. */
function traceIdOf(request: string, now: number): string {
  const digits = request.replaceAll('-', '').padEnd(32, '0');
  const seconds = Math.floor(now / 1000).toString(16);
  return `Root=1-${seconds}-${digits.slice(0, 24)};Parent=${digits.slice(16, 32)};Sampled=0`;
}

/** The list of parts among a call's arguments, which is the last one where a brought runtime calls. */
function wantedOf(args: readonly Json[]): readonly string[] | null {
  const last = args.at(-1);
  return Array.isArray(last) ? (last as readonly string[]) : null;
}

/** What the caller is to get, or what is wrong with it. */
type CallersAnswer = { readonly payload: string } | { readonly fault: string };

const TOO_LONG: CallersAnswer = { fault: 'body size is too long' };

function eventAnswer(payload: string): CallersAnswer {
  return payload.length > MAX_ANSWER ? TOO_LONG : { payload };
}

/** Inferred: the caller gets the response's body, whatever its status says, and the words when there is none. */
function httpAnswer(data: DataSocket, request: string): CallersAnswer {
  const answer = data.answer();
  if (answer === 'too long') return TOO_LONG;
  return answer === 'none'
    ? { fault: `RequestId: ${request} No response came back` }
    : { payload: answer.body };
}
