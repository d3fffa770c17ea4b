/** A world for a service without Python: time that passes when told to, invocations from a list, and all that was told. */
import type { Invocation, LastWords, Service, ServiceWorld } from '../../../src/platforms/service.ts';
import { createService } from '../../../src/platforms/lambda-2016/service.ts';
import { eventsToLog, type Outcome, type TraceEvent } from '../../../src/trace/format.ts';
import type { FunctionSetup } from '../../../src/trace/recording.ts';

export interface FakeWorld extends ServiceWorld {
  readonly events: TraceEvent[];
  readonly finished: (readonly [string, Outcome])[];
  /** What was told of the time that each invocation may take. */
  readonly limits: (readonly [string, number, LastWords])[];
  /** Lets time pass. */
  pass(milliseconds: number): void;
  /** Hands an invocation to a service that waits for one; null says that there will be none. */
  bring(invocation: Invocation | null): void;
}

/** `queue` is what is there already; after that the world says there will be no more, or `waits` for `bring`. */
function fakeWorld(queue: readonly Invocation[] = [], waits = false): FakeWorld {
  let now = 1_481_673_600_000;
  const left = [...queue];
  let deliver: ((invocation: Invocation | null) => void) | null = null;
  const events: TraceEvent[] = [];
  const finished: (readonly [string, Outcome])[] = [];
  const limits: (readonly [string, number, LastWords])[] = [];
  return {
    events,
    finished,
    limits,
    task: {},
    startedFor: queue[0]?.request ?? 'nobody',
    earlierProcesses: 0,
    restart: () => undefined,
    now: () => now,
    emit: (event) => events.push(event),
    next: () => {
      const invocation = left.shift();
      if (invocation !== undefined) return invocation;
      return waits ? new Promise((resolve) => (deliver = resolve)) : null;
    },
    finish: (request, outcome) => finished.push([request, outcome]),
    limit: (request, milliseconds, last) => {
      if (request !== null && last.outcome !== null) limits.push([request, milliseconds, last]);
    },
    memoryUsed: () => 13,
    pass: (milliseconds) => (now += milliseconds),
    bring: (invocation) => {
      if (deliver === null) throw new Error('The service does not wait.');
      deliver(invocation);
      deliver = null;
    },
  };
}

const SETUP: FunctionSetup = {
  handler: 'lambda_function.lambda_handler',
  suppressInit: false,
  timeout: 3000,
  variables: {
    AWS_LAMBDA_FUNCTION_NAME: 'lab',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
  },
};

/** An environment of the 2016 platform with its world, `n` invocations queued: `id-1` with the event `1`, and so on. */
export function environment(
  invocations = 1,
  setup: Partial<FunctionSetup> = {},
  waits = false,
): { readonly world: FakeWorld; readonly service: Service; readonly native: Native } {
  const queue = Array.from({ length: invocations }, (_, index) => ({
    request: `id-${String(index + 1)}`,
    event: String(index + 1),
  }));
  const world = fakeWorld(queue, waits);
  const service = createService({ ...SETUP, ...setup }, world);
  return { world, service, native: (name, ...args) => service.call('runtime', name, args) };
}

/** Calls a function of the native module, as the bootstrap does. */
export type Native = (name: string, ...args: Parameters<Service['call']>[2]) => ReturnType<Service['call']>;

export const logOf = ({ events }: FakeWorld): string => eventsToLog(events);
