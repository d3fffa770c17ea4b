/**
 * The page side of one function's sandbox: decides whether a run is a cold start or a warm invocation,
 * and keeps what outlives an environment. The life of an environment is the life of a worker.
 */
import type { Buckets } from '../platforms/shared/objects.ts';
import { leavesProcess, type Outcome, type Refusal, type TraceBeginning } from '../trace/format.ts';
import type { SandboxAssets } from './assets.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { EnvironmentCrashed, SandboxStopped } from './errors.ts';
import { MAX_KEPT, Refused } from './bounds.ts';
import { KeptFiles } from './kept-files.ts';
import { KeptObjects } from './kept-objects.ts';
import { restoredIn } from './kept-page.ts';
import { neighboursOf } from './neighbours.ts';
import { PendingRun, type RunObserver, type RunRequest } from './pending-run.ts';
import { chooseStart } from '../platforms/description.ts';
import type {
  Changes,
  EarlierProcesses,
  Limits,
  QueuedInvocation,
  RunId,
  WorkerMessage,
} from './protocol.ts';
import { PythonFiles } from './python-files.ts';
import type { EnvironmentParts, LivingMessage, RemoteEnvironment } from './remote-environment.ts';
import { openRunnerIn } from './runner-frame.ts';
import { isSameFunction } from './same-function.ts';
import { Turns } from './turns.ts';
import { afterVisible, pageClock } from './visible-time.ts';

export type { BroughtDisk, RunObserver, RunRequest } from './pending-run.ts';

/** What a live run keeps unless the page says otherwise: both are far above what a reader steps through. */
const DEFAULT_LIMITS: Limits = { events: 40_000, output: 65_536 };

/** Milliseconds of visible time that an invocation may take unless the page says otherwise. */
export const DEFAULT_DEADLINE = 30_000;

export interface SandboxOptions {
  readonly assets: SandboxAssets;
  /** The site's base, with a slash at its end: the paths of `assets` are relative to it. */
  readonly base: URL;
  readonly document: Document;
  readonly limits?: Limits;
  /** Milliseconds of visible time from the beginning of an invocation to its end. */
  readonly deadline?: number;
  /** True for one of many pages beside one another: it begins nothing before a run, and shares room with the others. */
  readonly isFrugal?: boolean;
  /** False forces the way of waiting that needs no JSPI. */
  readonly mayWait?: boolean;
}

/**
 * `warm`: an environment waits for its next invocation. `repeats`: none can wait, and the next run repeats those before it.
 * `reset`: its process is over, and the platform starts another one in it for the next. `turn`: another one of its processes
 * has the next.
 */
export type SandboxState =
  'idle' | 'loading' | 'starting' | 'running' | 'warm' | 'repeats' | 'reset' | 'turn';

/** What the sandboxes of a page share, and may do. */
export interface PageParts extends EnvironmentParts {
  readonly pool: EnvironmentPool;
  /** Whether the reader's intent is enough to fetch Python's files; the browser may be asked to save data. */
  readonly mayPrepare: boolean;
  /** Whether a spare may be kept beside an environment that is used; small devices have no room for it. */
  readonly maySpare: boolean;
}

/** What browsers tell of the device, where they do. */
interface Device {
  readonly deviceMemory?: number;
  readonly connection?: { readonly saveData?: boolean };
}

/** Gigabytes of a device that has no room for a spare. */
const SMALL_DEVICE = 2;

/** The effects of the page: make them once, for all sandboxes of a page. */
export function pageParts({ assets, base, document, isFrugal = false }: SandboxOptions): PageParts {
  const parts: EnvironmentParts = {
    files: new PythonFiles(assets, base),
    openRunner: openRunnerIn(document),
    clock: pageClock(document),
    onRestored: restoredIn(window),
  };
  const { deviceMemory = Infinity, connection } = navigator as Device;
  return {
    ...parts,
    pool: new EnvironmentPool(parts, isFrugal ? neighboursOf(window) : null),
    mayPrepare: !isFrugal && connection?.saveData !== true,
    maySpare: !isFrugal && deviceMemory > SMALL_DEVICE,
  };
}

/** Milliseconds of visible time in which an environment has to prove, behind a run, that it can begin another one. */
const PROOF_MILLISECONDS = 5000;

/** Milliseconds that a run takes before the reader may want to stop it: then a spare is made for the next one. */
const LONG_RUN = 500;

/** The environment of this sandbox, and what the page knows of it. */
interface Living {
  readonly environment: RemoteEnvironment;
  /** The function it was started for; null as long as it is only being prepared. */
  started: RunRequest | null;
  /** Whether it can wait for another invocation; null before Python has booted. */
  waits: boolean | null;
  /** Folders that the platform keeps when it resets the environment; null where it does not, or before it is known. */
  resets: readonly string[] | null;
}

/** An invocation as it is handed out again. */
type Repeated = Pick<QueuedInvocation, 'event' | 'changes'>;

/**
 * The invocations of one environment that cannot wait: each run repeats the earlier ones in a new worker,
 * unseen, from what the buckets held when it all began.
 */
interface History {
  readonly function: RunRequest;
  readonly events: readonly Repeated[];
  readonly objects: Buckets;
  /** The processes that its environment had before it; null where it was the first. */
  readonly before: EarlierProcesses | null;
}

/** An environment whose process is over: the platform may start another one in it. */
interface Remains extends EarlierProcesses {
  readonly function: RunRequest;
}

/** One process of an environment that has several. */
interface Process {
  readonly living: Living | null;
  readonly history: History;
}

/** An environment of several processes. */
interface Shared {
  readonly function: RunRequest;
  readonly turns: Turns<Process>;
}

export class Sandbox {
  readonly #parts: PageParts;
  readonly #limits: Limits;
  readonly #deadline: number;
  readonly #mayWait: boolean;
  #living: Living | null = null;
  #history: History | null = null;
  /** What the run's environment has on its disk; empty as long as it has no process. */
  #files = new KeptFiles();
  /** What is left of an environment that the platform resets for its next invocation, where it does that. */
  #remains: Remains | null = null;
  /** The environment that there is, where it has several processes: `#living` and `#history` are one of them. */
  #shared: Shared | null = null;
  /** What the process of the run is told that others have changed. */
  #changes: { readonly changes?: Changes } = {};
  #objects = new KeptObjects();
  #pending: PendingRun | null = null;
  #runs: RunId = 0;
  /** The observer of the last run in the environment that waits: it shows that the next run is warm. */
  #kept: RunObserver | null = null;
  /** Ends the looking after the environment that waits. */
  #stopWatching: (() => void) | null = null;
  /** The number by which the environment that waits was last asked for a proof; null where it is not. */
  #asked: RunId | null = null;

  constructor(options: SandboxOptions, parts: PageParts = pageParts(options)) {
    this.#parts = parts;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#deadline = options.deadline ?? DEFAULT_DEADLINE;
    this.#mayWait = options.mayWait ?? true;
  }

  get state(): SandboxState {
    if (this.#pending !== null) return this.#pending.phase;
    if (this.#shared !== null) return 'turn';
    if (this.#living?.started) return 'warm';
    if (this.#remains !== null) return 'reset';
    return this.#history === null ? 'idle' : 'repeats';
  }

  /**
   * Call on the reader's intent: at the lab the frame and its worker are made; at Run (`boots`) Python's files begin
   * to load as well, and it boots.
   */
  prepare(boots = true): void {
    if (this.#parts.mayPrepare) this.#parts.pool.prepare(this.#mayWait, boots);
  }

  /**
   * Runs one invocation: warm when platform, image, task and setup are those of the environment that waits,
   * else a cold start. A run that is still going on is stopped first. Rejects with a `SandboxError`.
   */
  run(request: RunRequest, observer: RunObserver): Promise<Outcome> {
    if (this.#pending !== null) this.stop();
    const pending = (this.#pending = new PendingRun(this.#newRun(), request, observer, this.#parts.clock));
    this.#kept = null;
    this.#stopWatching?.();
    const changes = this.#takeTurn(request);
    if (this.#living?.started && isSameFunction(this.#living.started, request)) {
      // It waits, so the run begins at once, unless a browser has ended the worker meanwhile.
      pending.awaitProof(PROOF_MILLISECONDS, () => {
        this.#replace(pending);
      });
      this.#parts.pool.touch(this.#living.environment);
      const own = { run: pending.run, event: request.event, ...changes };
      this.#living.environment.invoke([own], this.#limits);
    } else {
      this.#startCold(pending);
    }
    return pending.outcome;
  }

  /** Where an environment has several processes, the next one becomes `#living`; gives what that has to be told. */
  #takeTurn(request: RunRequest): Pick<QueuedInvocation, 'changes'> {
    if (this.#shared === null) return {};
    if (!isSameFunction(this.#shared.function, request)) {
      this.#forgetShared();
      return {};
    }
    const history = this.#history;
    const last = history === null ? null : { living: this.#living, history };
    const { process, before, changes } = this.#shared.turns.next(last, this.#objects.all);
    this.#living = process?.living ?? null;
    this.#history = process?.history ?? { function: request, events: [], objects: this.#objects.all, before };
    this.#changes = process === null ? {} : { changes };
    return this.#changes;
  }

  /** Ends the run, if any, and removes the environment. */
  stop(): void {
    const waits = this.#living?.waits;
    this.#fail(new SandboxStopped());
    if (waits === true) this.#prepareSpare();
  }

  /** The same, and nothing is left of what runs have put into buckets: what follows begins as if nothing had run. */
  forget(): void {
    this.stop();
    this.#objects = new KeptObjects();
  }

  /** The next environment, made while there is one: where Python cannot wait, every run would make one more. */
  #prepareSpare(): void {
    if (this.#parts.maySpare) this.prepare();
  }

  #startCold(pending: PendingRun): void {
    const { request } = pending;
    if (this.#history === null || !isSameFunction(this.#history.function, request)) {
      const remains = this.#remains;
      const before = remains !== null && isSameFunction(remains.function, request) ? remains : null;
      this.#history = { function: request, events: [], objects: this.#objects.all, before };
    }
    this.#remains = null;
    this.#files = new KeptFiles(this.#history.before?.files);
    this.#startProcess(pending, this.#history);
  }

  /** `request` is there when an earlier process of the environment has begun the run under that id. */
  #startProcess(pending: PendingRun, history: History, request?: string): void {
    if (this.#living?.started) this.#removeEnvironment();
    const living = (this.#living ??= this.#makeEnvironment());
    living.started = pending.request;
    pending.load((progress) => this.#parts.files.watch(progress));
    this.#order(pending, living, history, request).catch((error: unknown) => {
      if (this.#pending === pending && this.#living === living)
        this.#fail(error instanceof Error ? error : new Error(String(error)));
    });
  }

  async #order(pending: PendingRun, living: Living, history: History, request?: string): Promise<void> {
    const { platform, brought, task, image: changed, setup, event } = pending.request;
    const image = await this.#parts.files.image(platform);
    // Stopped, or replaced, while the image came.
    if (this.#living !== living || this.#pending !== pending) return;
    const { start } = setup;
    const { description: usual, files: usualFiles } =
      brought === undefined ? image : { ...brought, files: {} };
    const description = start === undefined ? usual : chooseStart(usual, start);
    living.resets = description.resets ?? null;
    if (description.processes !== undefined)
      this.#shared ??= {
        function: pending.request,
        turns: new Turns(description.processes, description.directories, this.#objects.all),
      };
    const { before: earlier } = history;
    const before = earlier === null ? {} : { before: { count: earlier.count, files: earlier.files } };
    living.environment.start(
      { ...image, description, files: usualFiles },
      { changed: { ...brought?.files, ...changed }, task, setup, objects: history.objects, ...before },
    );
    const repeated = history.events.map((earlier) => ({ run: this.#newRun(), ...earlier }));
    for (const { run } of repeated) pending.repeated.add(run);
    const own: QueuedInvocation = {
      run: pending.run,
      event,
      ...this.#changes,
      ...(request === undefined ? {} : { request }),
    };
    living.environment.invoke([...repeated, own], this.#limits);
    if (living.environment.isComplete) pending.start();
  }

  #makeEnvironment(): Living {
    const environment = this.#parts.pool.open(
      {
        handedOver: () => {
          if (living.started !== null && living === this.#living) this.#pending?.start();
        },
        awaitsFile: () => {
          if (living === this.#living) this.#pending?.hold((progress) => this.#parts.files.watch(progress));
        },
        message: (message) => {
          if (living === this.#living) this.#receive(living, message);
          else if (message.type === 'exited') this.#drop(living);
        },
        failed: (error) => {
          if (living === this.#living) this.#lose(error);
          else this.#drop(living);
        },
        isBusy: () => this.#pending !== null && living === this.#living,
        evicted: () => {
          if (living === this.#living) this.#lose({ by: 'room' });
          else this.#drop(living);
        },
        suspended: () => {
          if (living === this.#living) this.#startAgain();
          else this.#drop(living);
        },
        restored: () => {
          const pending = this.#pending;
          // What an environment still loads between its boot and its first run may be lost as well.
          if (living === this.#living && pending?.phase === 'starting') {
            pending.awaitProof(PROOF_MILLISECONDS, () => {
              this.#startAgain();
            });
          }
        },
      },
      this.#mayWait,
    );
    const living: Living = { started: null, waits: null, resets: null, environment };
    return living;
  }

  #receive(living: Living, message: LivingMessage): void {
    const pending = this.#pending;
    switch (message.type) {
      case 'ready':
        // Python is ready once: to say so again gains reader code no time.
        if (living.waits === null && pending !== null) this.#startDeadline(pending);
        living.waits ??= message.waits;
        break;
      case 'began':
        if (pending !== null) this.#begin(pending, message.run, message.beginning);
        break;
      case 'recorded':
        if (!pending?.begun || pending.answer !== null || message.run !== pending.run) break;
        this.#record(living, pending, message);
        break;
      case 'timeout':
        if (pending?.begun && pending.answer === null && message.run === pending.run)
          this.#startTimeout(pending, message);
        break;
      case 'finished':
        if (pending?.begun && pending.answer === null && message.run === pending.run)
          this.#answer(living, pending, message.outcome);
        break;
      case 'pong':
        if (message.number === this.#asked) this.#asked = null;
        if (pending !== null && pending.answer !== null && message.number === pending.run)
          this.#finish(living, pending, pending.answer);
        break;
      case 'exited':
        if (message.restarts && pending?.begun === true && pending.answer === null) this.#restart(pending);
        else this.#leave(pending, message.code);
        break;
      default:
        message satisfies never;
    }
  }

  #record(
    living: Living,
    pending: PendingRun,
    { events, blobs }: Extract<WorkerMessage, { type: 'recorded' }>,
  ): void {
    pending.record(events, blobs);
    this.#shared?.turns.note(events, blobs);
    this.#objects.note(events, blobs);
    // Kept for a reset alone: a run may write for as long as a page is open.
    if (living.resets !== null) this.#files.note(events, blobs);
    if (this.#objects.weight + this.#files.weight <= MAX_KEPT) return;
    this.#limit({ by: 'sent', what: 'kept', most: MAX_KEPT });
    // Full ones would end every later run as well.
    this.#objects = new KeptObjects();
  }

  /** Each run begins once, for the same reason. */
  #begin(pending: PendingRun, run: RunId, beginning: TraceBeginning): void {
    const isRepeated = pending.repeated.delete(run);
    if (!isRepeated && (run !== pending.run || pending.begun)) return;
    this.#startDeadline(pending);
    if (isRepeated) return;
    pending.begin(beginning);
    if (this.#living?.waits === true) {
      pending.whenLong(LONG_RUN, () => {
        this.#prepareSpare();
      });
    }
  }

  #startDeadline(pending: PendingRun): void {
    pending.startDeadline(this.#deadline, () => {
      this.#limit({ by: 'milliseconds' });
    });
  }

  #startTimeout(pending: PendingRun, last: Extract<WorkerMessage, { type: 'timeout' }>): void {
    const { milliseconds, log, outcome } = last;
    const say = (): void => {
      if (log !== '') pending.record([{ kind: 'output', stream: 'platform', text: log }], {});
    };
    if (outcome === null) {
      pending.startInitLimit(milliseconds, () => {
        say();
        this.#restart(pending);
      });
      return;
    }
    pending.startTimeout(milliseconds, () => {
      const remains = this.#remainsOf(pending);
      this.#endProcess();
      this.#remains = remains;
      say();
      pending.resolve(outcome);
    });
  }

  /** The platform starts another process for the run; once, so that reader code that says so gains nothing. */
  #restart(pending: PendingRun): void {
    const { request } = pending;
    const before = this.#remainsOf(pending);
    if (pending.id === null || pending.isRestarted || before === null) {
      this.#lose(new EnvironmentCrashed('Exited', 'The process ended before it took an invocation.'));
      return;
    }
    pending.restart();
    this.#history = { function: request, events: [], objects: this.#objects.all, before };
    this.#startProcess(pending, this.#history, pending.id);
  }

  /** What the environment of a run leaves behind when its process is over; null where the platform gives it up. */
  #remainsOf(pending: PendingRun): Remains | null {
    const resets = this.#living?.resets ?? null;
    if (resets === null) return null;
    const count = (this.#history?.before?.count ?? 0) + 1;
    return { function: pending.request, count, files: this.#files.in(resets) };
  }

  /** The run has its answer. An environment that is to be kept proves first that it can begin another run. */
  #answer(living: Living, pending: PendingRun, outcome: Outcome): void {
    if (living.waits !== true || !leavesProcess(outcome)) {
      this.#finish(living, pending, outcome);
      return;
    }
    pending.answered(outcome);
    pending.awaitProof(PROOF_MILLISECONDS, () => {
      this.#fail(
        new EnvironmentCrashed('Error', 'The environment did not show that it can begin another run.'),
      );
    });
    living.environment.ping(pending.run);
  }

  #finish(living: Living, pending: PendingRun, outcome: Outcome): void {
    const isSpent = !leavesProcess(outcome);
    if (isSpent) {
      const isReset = outcome.status === 'exited' || outcome.status === 'timed-out';
      this.#remains = isReset ? this.#remainsOf(pending) : null;
      this.#history = null;
    } else if (this.#history !== null) {
      const done = { event: pending.request.event, ...this.#changes };
      this.#history = { ...this.#history, events: [...this.#history.events, done] };
    }
    if (isSpent || living.waits !== true) this.#removeEnvironment();
    else this.#keep(living, pending.observer);
    this.#pending = null;
    pending.resolve(outcome);
  }

  /** It waits for the next run. When the page is looked at again, it may have been ended by the browser. */
  #keep(living: Living, observer: RunObserver): void {
    const { clock } = this.#parts;
    this.#kept = observer;
    let stopAsking: (() => void) | null = null;
    const forget = clock.onVisibility(() => {
      if (!clock.isVisible() || this.#asked !== null) return;
      const number = (this.#asked = this.#newRun());
      stopAsking = afterVisible(clock, PROOF_MILLISECONDS, () => {
        if (this.#asked === number) this.#lose(new SandboxStopped());
      });
      living.environment.ping(number);
    });
    this.#stopWatching = () => {
      this.#stopWatching = null;
      this.#asked = null;
      forget();
      stopAsking?.();
    };
  }

  /** The process is over. A run that it never took on goes to a new environment, as the platform would have it. */
  #leave(pending: PendingRun | null, code: number): void {
    if (pending !== null && !pending.begun && !pending.isReplaced) this.#replace(pending);
    else {
      this.#lose(
        new EnvironmentCrashed('Exited', `The process ended with status ${code} and owes an answer.`),
      );
    }
  }

  /** A run that its environment has not begun goes to a new one. */
  #replace(pending: PendingRun): void {
    pending.replace();
    this.#forgetShared();
    this.#history = null;
    this.#startCold(pending);
  }

  /** The same process is started in a new environment, as the one that was to be its own has not come to life. */
  #startAgain(): void {
    const pending = this.#pending;
    if (pending === null || this.#history === null) {
      this.#endProcess();
      return;
    }
    pending.repeated.clear();
    this.#startProcess(pending, this.#history, pending.id ?? undefined);
  }

  /** The environment has ended by itself, or had to go; the observer of its last run has to take that back. */
  #lose(why: Error | { readonly by: 'room' }): void {
    const kept = this.#kept;
    if (!(why instanceof Error)) this.#limit(why);
    else if (why instanceof Refused) this.#limit(why.refusal);
    else this.#fail(why);
    kept?.left();
  }

  #limit(limit: Refusal | { readonly by: 'milliseconds' | 'room' }): void {
    const pending = this.#forget();
    pending?.resolve({ status: 'limited', ...limit });
  }

  #fail(error: Error): void {
    const pending = this.#forget();
    pending?.reject(error);
  }

  /** Removes the environment with all that depends on it, and gives the run that is left without one. */
  #forget(): PendingRun | null {
    this.#forgetShared();
    return this.#endProcess();
  }

  /** Removes the processes of an environment that wait for their turn. */
  #forgetShared(): void {
    for (const { living } of this.#shared?.turns.waiting() ?? [])
      if (living !== null) this.#parts.pool.close(living.environment);
    this.#shared = null;
    this.#changes = {};
  }

  /** A process that waits for its turn has ended by itself. */
  #drop(living: Living): void {
    const turns = this.#shared?.turns;
    for (const process of turns?.waiting() ?? []) if (process.living === living) turns?.drop(process);
    this.#parts.pool.close(living.environment);
  }

  /** Removes the process that had the last run, and gives the run that is left without one. */
  #endProcess(): PendingRun | null {
    const pending = this.#pending;
    this.#pending = null;
    this.#kept = null;
    this.#stopWatching?.();
    this.#history = null;
    this.#remains = null;
    this.#removeEnvironment();
    return pending;
  }

  #removeEnvironment(): void {
    if (this.#living !== null) this.#parts.pool.close(this.#living.environment);
    this.#living = null;
  }

  #newRun(): RunId {
    this.#runs += 1;
    return this.#runs;
  }
}
