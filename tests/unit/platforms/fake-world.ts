import type { Outcome, TraceEvent } from '../../../src/trace/format.ts';
import type { Invocation, LastWords, ServiceWorld } from '../../../src/platforms/service.ts';
import { eventsToLog } from '../../../src/trace/format.ts';

/** A world in which time stands still until the test moves it, and which keeps what the service says. */
export class FakeWorld implements ServiceWorld {
  readonly task = {};
  readonly startedFor = 'request-1';
  readonly events: TraceEvent[] = [];
  readonly outcomes: [string, Outcome][] = [];
  /** What was told of the time that each invocation may take. */
  readonly limits: [string, number, LastWords][] = [];
  /** The same of the init phase, with what the log says of it then. */
  readonly initLimits: [number, string][] = [];
  earlierProcesses = 0;
  /** How often the service asked for another process. */
  restarts = 0;
  /** How long a service would have waited for each invocation that it asked for. */
  readonly patiences: (number | undefined)[] = [];
  readonly #queue: (Invocation | null)[];
  time = Date.UTC(2026, 1, 2);

  /** Hands out these, one for each `next`; null is the end. */
  constructor(...queue: (Invocation | null)[]) {
    this.#queue = queue;
  }

  readonly now = (): number => this.time;
  readonly memoryUsed = (): number => 30;
  readonly emit = (event: TraceEvent): void => {
    this.events.push(event);
  };
  readonly finish = (request: string, outcome: Outcome): void => {
    this.outcomes.push([request, outcome]);
  };
  readonly limit: ServiceWorld['limit'] = (request, milliseconds, last) => {
    if (request !== null && last.outcome !== null) this.limits.push([request, milliseconds, last]);
    else this.initLimits.push([milliseconds, last.log]);
  };
  readonly restart = (): void => {
    this.restarts += 1;
  };
  readonly next = (patience?: number): Invocation | null => {
    this.patiences.push(patience);
    return this.#queue.shift() ?? null;
  };

  get log(): string {
    return eventsToLog(this.events);
  }

  get phases(): [string, string | null][] {
    return this.events.flatMap((event): [string, string | null][] =>
      event.kind === 'phase' ? [[event.phase, event.request]] : [],
    );
  }

  /** Sender, name and text of what crossed. */
  get messages(): [string, string, string][] {
    return this.events.flatMap((event): [string, string, string][] =>
      event.kind === 'message' ? [[event.from, event.what, event.body]] : [],
    );
  }
}
