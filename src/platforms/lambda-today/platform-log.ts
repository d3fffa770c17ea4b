/**
 * The platform's own lines in the log, as text or as JSON. Sources: `lambda-2026`'s page on log lines in
 * `content/sources.json` ([LOGS]: seen in public logs of 2025 and 2026; [AWSDOC]: documented).
 */
import type { FunctionSetup } from '../../trace/recording.ts';

/** How an init phase, an invocation or a restore ended where it did not end well. */
export interface Failure {
  readonly status: 'error' | 'timeout';
  /** `Category.Reason`; none for a time-out. */
  readonly errorType?: string;
}

/** What REPORT tells of an invocation; times in milliseconds, memory in megabytes. */
export interface Report {
  readonly request: string;
  readonly duration: number;
  readonly memoryUsed: number;
  /** Null where no init phase came before this invocation, or none that counts. */
  readonly initDuration: number | null;
  /** There when the process was restored from a snapshot for this invocation. */
  readonly restoreDuration: number | null;
  readonly failure: Failure | null;
}

/** In which phase an init was done: before the invocation, or within it. */
export type InitPhase = 'init' | 'invoke';

/** Each of these gives the text of its lines, with the ends of the lines. */
export interface PlatformLog {
  initStart(): string;
  initReport(duration: number, phase: InitPhase, ending: Failure | 'success'): string;
  start(request: string): string;
  endAndReport(report: Report): string;
  restoreStart(): string;
  restoreReport(duration: number, failure: Failure | null): string;
}

/** The version of the runtime that INIT_START names: its form was seen with Python 3.14 [LOGS]. */
const RUNTIME_VERSION = 'python:3.14.v38';
/** An address of the form of the real ones; its digits are made up. */
const RUNTIME_ARN = `arn:aws:lambda:us-east-1::runtime:${'0123456789abcdef'.repeat(4)}`;

/** The log of a function in the format that its variables name; `now` is in milliseconds since 1970. */
export function platformLog({ variables }: FunctionSetup, now: () => number): PlatformLog {
  const isJson = (variables.AWS_LAMBDA_LOG_FORMAT ?? '').toUpperCase() === 'JSON';
  return isJson ? new JsonLog(variables, now) : new TextLog(variables);
}

/** What is charged: one rounding up of both together, not the sum of two [LOGS]. */
export function billedMilliseconds({
  duration,
  initDuration,
}: Pick<Report, 'duration' | 'initDuration'>): number {
  // A sum of decimal fractions may lie a hair above the whole number that it is.
  return Math.ceil(Number((round(duration) + round(initDuration ?? 0)).toFixed(2)));
}

/** As the lines give times: the two that are printed add up to what is charged. */
function round(milliseconds: number): number {
  return Number(milliseconds.toFixed(2));
}

type Variables = Readonly<Record<string, string>>;

class TextLog implements PlatformLog {
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  initStart(): string {
    return `INIT_START ${RUNTIME}\n`;
  }

  initReport(duration: number, phase: InitPhase, ending: Failure | 'success'): string {
    const failure = ending === 'success' ? '\tStatus: success' : failureToText(ending);
    return `INIT_REPORT Init Duration: ${duration.toFixed(2)} ms\tPhase: ${phase}${failure}\n`;
  }

  start(request: string): string {
    return `START RequestId: ${request} Version: ${versionOf(this.#variables)}\n`;
  }

  endAndReport(report: Report): string {
    const { request, duration, memoryUsed, initDuration, restoreDuration, failure } = report;
    const init = initDuration === null ? '' : `Init Duration: ${initDuration.toFixed(2)} ms\t`;
    const restore =
      restoreDuration === null
        ? ''
        : `Restore Duration: ${restoreDuration.toFixed(2)} ms\tBilled Restore Duration: ${String(Math.ceil(restoreDuration))} ms\t`;
    const head =
      `REPORT RequestId: ${request}\tDuration: ${duration.toFixed(2)} ms\t` +
      `Billed Duration: ${String(billedMilliseconds(report))} ms\t` +
      `Memory Size: ${memorySizeOf(this.#variables)} MB\tMax Memory Used: ${String(memoryUsed)} MB\t`;
    const line = head + init + restore;
    // Each part has a tab behind it; a status has none [LOGS].
    const end = failure === null ? '' : failureToText(failure).slice(1);
    return `END RequestId: ${request}\n${line}${end}\n`;
  }

  restoreStart(): string {
    return `RESTORE_START ${RUNTIME}\n`;
  }

  restoreReport(duration: number, failure: Failure | null): string {
    const text = failure === null ? '' : failureToText(failure);
    return `RESTORE_REPORT Restore Duration: ${duration.toFixed(2)} ms${text}\n`;
  }
}

const RUNTIME = `Runtime Version: ${RUNTIME_VERSION}\tRuntime Version ARN: ${RUNTIME_ARN}`;

function failureToText({ status, errorType }: Failure): string {
  return `\tStatus: ${status}${errorType === undefined ? '' : `\tError Type: ${errorType}`}`;
}

/** One object a line; there is no END [AWSDOC, LOGS]. */
class JsonLog implements PlatformLog {
  readonly #variables: Variables;
  readonly #now: () => number;

  constructor(variables: Variables, now: () => number) {
    this.#variables = variables;
    this.#now = now;
  }

  initStart(): string {
    return this.#line('initStart', {
      ...this.#initialization('init'),
      runtimeVersion: RUNTIME_VERSION,
      runtimeVersionArn: RUNTIME_ARN,
      functionName: this.#variables.AWS_LAMBDA_FUNCTION_NAME ?? '',
      functionVersion: versionOf(this.#variables),
      instanceId: this.#variables.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
      instanceMaxMemory: memorySizeOf(this.#variables) * 1024 * 1024,
    });
  }

  initReport(duration: number, phase: InitPhase, ending: Failure | 'success'): string {
    const told = ending === 'success' ? { status: ending } : ending;
    return this.#line('initReport', {
      ...this.#initialization(phase),
      ...told,
      metrics: { durationMs: toThousandths(duration) },
    });
  }

  start(request: string): string {
    const functionArn = functionArnOf(this.#variables);
    return this.#line('start', { requestId: request, functionArn, version: versionOf(this.#variables) });
  }

  endAndReport(report: Report): string {
    const { request, duration, memoryUsed, initDuration, restoreDuration, failure } = report;
    const durationMs = toThousandths(duration);
    const init = initDuration === null ? {} : { initDurationMs: toThousandths(initDuration) };
    const restore =
      restoreDuration === null
        ? {}
        : {
            restoreDurationMs: toThousandths(restoreDuration),
            billedRestoreDurationMs: Math.ceil(restoreDuration),
          };
    // Managed instances are not charged by the invocation [AWSDOC].
    const metrics = isManaged(this.#variables)
      ? { durationMs }
      : {
          durationMs,
          billedDurationMs: billedMilliseconds(report),
          memorySizeMB: memorySizeOf(this.#variables),
          maxMemoryUsedMB: memoryUsed,
          ...init,
          ...restore,
        };
    const told = failure ?? { status: 'success' };
    // Of what went well this line is not written at the level that a log has unless one is chosen [AWSDOC].
    const done =
      failure === null
        ? ''
        : this.#line('runtimeDone', {
            requestId: request,
            ...failure,
            metrics: { durationMs, producedBytes: 0 },
          });
    return done + this.#line('report', { requestId: request, metrics, ...told });
  }

  restoreStart(): string {
    return this.#line('restoreStart', { runtimeVersion: RUNTIME_VERSION, runtimeVersionArn: RUNTIME_ARN });
  }

  restoreReport(duration: number, failure: Failure | null): string {
    const told = failure ?? { status: 'success' };
    return this.#line('restoreReport', { ...told, metrics: { durationMs: toThousandths(duration) } });
  }

  #initialization(phase: InitPhase): Readonly<Record<string, string>> {
    const initializationType = this.#variables.AWS_LAMBDA_INITIALIZATION_TYPE ?? 'on-demand';
    return { initializationType, phase };
  }

  #line(type: string, record: Readonly<Record<string, unknown>>): string {
    const time = new Date(this.#now()).toISOString();
    return `${JSON.stringify({ time, type: `platform.${type}`, record })}\n`;
  }
}

function toThousandths(milliseconds: number): number {
  return Number(milliseconds.toFixed(3));
}

function versionOf({ AWS_LAMBDA_FUNCTION_VERSION: version }: Variables): string {
  return version ?? '$LATEST';
}

function memorySizeOf({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: size }: Variables): number {
  const megabytes = Number(size);
  return megabytes > 0 ? megabytes : 128;
}

/** The function's address in an account of examples. */
export function functionArnOf({ AWS_LAMBDA_FUNCTION_NAME: name }: Variables): string {
  return `arn:aws:lambda:us-east-1:123456789012:function:${name ?? ''}`;
}

/** Whether the function runs on managed instances. */
function isManaged({ AWS_LAMBDA_INITIALIZATION_TYPE: type }: Variables): boolean {
  return type === 'lambda-managed-instances';
}
