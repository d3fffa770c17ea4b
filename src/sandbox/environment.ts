/**
 * One execution environment, from inside: takes the page's messages, runs the platform's process,
 * and tells what happens. Lives in a worker of the browser, in a process of Node's; knows neither.
 */
import { aheadWorld } from './ahead-clock.ts';
import { ObjectStore } from '../platforms/shared/objects.ts';
import type {
  Answer,
  CreateService,
  Interruption,
  Invocation,
  Json,
  LastWords,
  Service,
} from '../platforms/service.ts';
import { base64ToBytes } from '../trace/base64.ts';
import type { Outcome, TraceEvent } from '../trace/format.ts';
import { Interpreter, type LoadPython } from './interpreter.ts';
import type {
  EnvironmentSpec,
  Files,
  Limits,
  PageMessage,
  QueuedInvocation,
  RunId,
  WorkerMessage,
} from './protocol.ts';
import { RawOutput } from './raw-output.ts';
import type { StandardLibrary } from './standard-library.ts';
import type { World } from './world.ts';
import { needsZones, unpackZones } from './zones.ts';

/** What the environment needs of the place it lives in. */
export interface Surroundings {
  readonly post: (message: WorkerMessage) => void;
  readonly world: World;
  /** Whether Python was refused memory since this was last asked. */
  readonly wasRefusedMemory: () => boolean;
  readonly loadPython: LoadPython;
  /** Python's standard library, where it may come after Python has booted. */
  readonly library: StandardLibrary | null;
  /** Brings the file of the time zones. */
  readonly zones: () => Promise<Uint8Array>;
  readonly harness: Files;
  /** Finds the service that an `platform.json` names. */
  readonly loadService: (name: string) => Promise<{ readonly createService: CreateService }>;
  /** False forces the way of waiting that needs no JSPI. */
  readonly mayWait: boolean;
}

/** The machine's own clock, kept from before anybody could put a simulated one in its place. */
const elapsed = performance.now.bind(performance);

/** The first messages of a run go out at once, so that a run that hangs shows all it printed; then in batches. */
const PROMPT_BATCHES = 256;
const BATCH_MILLISECONDS = 30;
const BATCH_EVENTS = 2048;

/** Frames are numbered from here on in the second process of an environment, from twice this in the third. */
const FRAMES_OF_A_PROCESS = 1_000_000;

/** How a process ends that the platform has killed. */
const KILLED = -9;

interface Run extends QueuedInvocation {
  readonly request: string;
  /** Whether an earlier process of the environment has begun it. */
  readonly goesOn: boolean;
  readonly limits: Limits;
}

/** What Python records: a file's event has its bytes with it. */
type RecordedEvent =
  | Exclude<TraceEvent, { kind: 'file' }>
  | (Extract<TraceEvent, { kind: 'file' }> & { readonly base64?: string });

export class Environment {
  readonly #surroundings: Surroundings;
  #world: World;
  readonly #queue: Run[] = [];
  #spec: EnvironmentSpec | null = null;
  #booting: Promise<Interpreter> | null = null;
  /** Settles when Python is free again; it cannot do two things at once. */
  #rehearsal: Promise<void> = Promise.resolve();
  #interpreter: Interpreter | null = null;
  #started = false;
  /** The run that events belong to. Events between two runs open the later one. */
  #current: Run | null = null;
  /** A run whose limits Python has not been told yet. */
  #fresh: Limits | null = null;
  #waiting: ((run: Run) => void) | null = null;
  /** Called when the process waits for a run the next time. */
  #awaited: (() => void) | null = null;
  #events: TraceEvent[] = [];
  #blobs = new Map<string, Uint8Array>();
  #files = 0;
  #batches = 0;
  #lastBatch = 0;
  #raw: Readonly<Record<'stdout' | 'stderr', RawOutput>> | null = null;
  #exited = false;
  /** The platform starts another process for the run that is open. */
  #restarts = false;
  /** Its time was up, and it waits to be removed: it gets no other invocation. */
  #isLate = false;
  /** Calls off the alarm of the invocation that is open, where the clock is a simulated one. */
  #callOff: (() => void) | null = null;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#world = surroundings.world;
  }

  /** Answers one message of the page; `python` messages are the surroundings' business. */
  receive(message: Exclude<PageMessage, { type: 'python' }>): void {
    switch (message.type) {
      case 'boot':
        // As long as no run asks for it there is time to make it quicker.
        this.#boot()
          .then((interpreter) => (this.#spec === null ? (this.#rehearsal = interpreter.rehearse()) : null))
          .catch(this.crash);
        break;
      case 'start':
        this.#start(message.environment).catch(this.crash);
        break;
      case 'invoke':
        this.#enqueue(message.queue, message.limits);
        break;
      case 'ping':
        this.#prove(message.number).catch(this.crash);
        break;
      default:
        message satisfies never;
    }
  }

  /** Says that Python is broken; the surroundings call it for a fatal error, after which no promise settles. */
  readonly crash = (error: unknown): void => {
    this.#flush();
    this.#surroundings.post({ type: 'crashed', ...describeFailure(error) });
  };

  /** Python may boot before anybody knows what it will run. */
  #boot(): Promise<Interpreter> {
    const { loadPython, harness, mayWait } = this.#surroundings;
    return (this.#booting ??= Interpreter.boot(loadPython, harness, mayWait));
  }

  async #start(spec: EnvironmentSpec): Promise<void> {
    const { library, post, zones } = this.#surroundings;
    this.#spec = spec;
    const interpreter = await this.#boot();
    await this.#rehearsal;
    this.#world.booted();
    if (spec.setup.clock === 'ahead') this.#goAhead(interpreter);
    const hasZones = needsZones(spec.task, spec.setup.variables);
    const zoneFiles = hasZones ? unpackZones(await zones()) : {};
    // What an earlier process has left lies in folders that can be written to.
    interpreter.layDisk(spec.platform, spec.image, zoneFiles, { ...spec.task, ...spec.before?.files });
    interpreter.awaitZones(hasZones ? null : async () => unpackZones(await zones()));
    if (library !== null && !library.isThere) {
      // Where Python cannot wait, it could not wait for the archive half-way through either.
      if (!interpreter.waits || interpreter.needsLibrary(Object.keys(spec.task))) await library.wait();
      interpreter.awaitLibrary(() => library.wait(), spec.platform.prefix);
    }
    this.#interpreter = interpreter;
    post({ type: 'ready', python: interpreter.python, waits: interpreter.waits });
    this.#startIfAsked();
  }

  /** A simulated clock is moved on by a sleep anyhow. */
  #goAhead(interpreter: Interpreter): void {
    if (this.#world.alarm !== null) return;
    const { skip, ...world } = aheadWorld(globalThis, this.#world);
    this.#world = world;
    interpreter.goAhead(skip);
  }

  #enqueue(queue: readonly QueuedInvocation[], limits: Limits): void {
    for (const entry of queue) {
      const { request } = entry;
      const run = {
        ...entry,
        limits,
        request: request ?? this.#world.newRequestId(),
        goesOn: request !== undefined,
      };
      if (this.#waiting === null) this.#queue.push(run);
      else {
        this.#waiting(run);
        this.#waiting = null;
      }
    }
    this.#startIfAsked();
  }

  /** An environment comes to life when an invocation needs it: only then does the init phase begin. */
  #startIfAsked(): void {
    const first = this.#queue[0];
    if (this.#started || this.#interpreter === null || this.#spec === null || first === undefined) return;
    this.#started = true;
    this.#live(this.#interpreter, this.#spec, first).catch(this.crash);
  }

  async #live(interpreter: Interpreter, spec: EnvironmentSpec, first: Run): Promise<void> {
    const { createService } = await this.#surroundings.loadService(
      spec.platform.service ?? spec.platform.platform,
    );
    const service = createService(spec.setup, {
      task: spec.task,
      startedFor: first.request,
      earlierProcesses: spec.before?.count ?? 0,
      now: this.#world.now,
      memoryUsed: () => this.#world.memoryUsed(interpreter.memory()),
      emit: (event) => {
        this.#emit(event);
      },
      next: (patience) => this.#next(interpreter, objects, patience ?? null),
      finish: (request, outcome) => {
        const run = this.#current;
        if (run?.request !== request) return;
        this.#callOff?.();
        this.#flush();
        this.#current = null;
        const limited: Outcome = { status: 'limited', by: 'memory' };
        // A handler that has caught MemoryError and answers has run to its end.
        const isSpent = this.#surroundings.wasRefusedMemory() && outcome.status !== 'returned';
        const ending = isSpent ? limited : outcome;
        this.#surroundings.post({ type: 'finished', run: run.run, outcome: ending });
      },
      limit: (request, milliseconds, last) => {
        const run = this.#current;
        if (run !== null && (request === null || run.request === request))
          this.#setTimeout(run.run, milliseconds, last);
      },
      restart: () => {
        this.#restarts = true;
      },
    });
    const objects = new ObjectStore(spec.objects, this.#world.now, (event, blob) => {
      if (event.kind === 'object' && event.blob !== null && blob !== null) this.#blobs.set(event.blob, blob);
      this.#emit(event);
    });
    this.#raw = { stdout: this.#openRaw(service, 'stdout'), stderr: this.#openRaw(service, 'stderr') };
    this.#begin(first, true);
    this.#emit({ kind: 'phase', phase: 'init', request: null });
    const begun = service.begin?.() ?? true;
    if (begun === false) {
      this.#exit(service, 0);
      return;
    }
    const variables = begun === true ? variablesOf(spec) : begun;
    this.#world.started();
    const limits = { ...first.limits, frames: (spec.before?.count ?? 0) * FRAMES_OF_A_PROCESS };
    const code = await interpreter.run(spec.platform, variables, limits, {
      call: (module, name, args) => this.#cross(service, objects, module, name, args),
      record: (events) => {
        this.#add((JSON.parse(events) as RecordedEvent[]).map((event) => this.#takeBytes(event)));
      },
      output: (stream, bytes) => this.#raw?.[stream].write(bytes),
    });
    this.#exit(service, code);
  }

  /** Output past the runtime goes to the log as well (inferred). */
  #openRaw(service: Service, stream: 'stdout' | 'stderr'): RawOutput {
    const pass = (text: string): void => {
      service.output(stream, text);
    };
    return new RawOutput(pass, (limit) => {
      this.#emit({ kind: 'cut', what: 'output', limit });
    });
  }

  #cross(
    service: Service,
    objects: ObjectStore,
    module: string,
    name: string,
    text: string,
  ): string | Promise<string> {
    const args = JSON.parse(text) as Json[];
    const finish = (answer: Answer): string => {
      if (!('exit' in answer)) return this.#encode(answer);
      this.#exit(service, answer.exit);
      return this.#encode({ end: true });
    };
    if (module === 'process') return finish({ exit: Number(args[0]) });
    const answer = module === 'lab_bucket' ? objects.call(name, args) : service.call(module, name, args);
    return answer instanceof Promise ? answer.then(finish) : finish(answer);
  }

  #encode(answer: Answer): string {
    const fresh = this.#fresh;
    this.#fresh = null;
    return JSON.stringify(fresh === null ? answer : { ...answer, fresh });
  }

  #next(
    interpreter: Interpreter,
    objects: ObjectStore,
    patience: number | null,
  ): Invocation | null | Promise<Invocation | null> {
    if (this.#isLate) return null;
    const handOut = (run: Run): Invocation => {
      if (run.changes !== undefined) {
        interpreter.changeDisk(run.changes.files);
        if (run.changes.objects !== null) objects.hold(run.changes.objects);
      }
      return this.#handOut(run);
    };
    const queued = this.#queue.shift();
    if (queued !== undefined) return handOut(queued);
    if (!interpreter.waits) return null;
    return this.#wait(patience).then((run) => (run === null ? null : handOut(run)));
  }

  /**
   * Shows that another run can begin: as soon as the process waits for one, what is asked goes through all that an invocation
   * goes through on its way. Where reader code has broken any of it, what comes out is not what the page expects, or nothing.
   */
  async #prove(number: number): Promise<void> {
    await this.#whenWaiting();
    const trial = { ...{ run: number }, queue: [] as number[] };
    trial.queue.push(trial.run);
    const passed = await new Promise<number | undefined>((resolve) => {
      resolve(trial.queue.shift());
    }).then((run) => JSON.parse(JSON.stringify({ value: [run] })) as { readonly value: readonly number[] });
    for (const run of passed.value)
      this.#surroundings.post({ type: 'pong', number: run, now: this.#world.now() });
  }

  #whenWaiting(): Promise<void> {
    if (this.#waiting !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#awaited = resolve;
    });
  }

  /** The next run, or null when that takes longer than `patience` allows. */
  #wait(patience: number | null): Promise<Run | null> {
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting = null;
        resolve(null);
      };
      const timer = patience === null ? null : setTimeout(leave, patience);
      this.#waiting = (run) => {
        if (timer !== null) clearTimeout(timer);
        resolve(run);
      };
      this.#awaited?.();
      this.#awaited = null;
    });
  }

  #handOut(run: Run): Invocation {
    // The first run began with the init phase.
    if (this.#current?.run !== run.run) {
      this.#begin(run, false);
      this.#fresh = run.limits;
    }
    return { request: run.request, event: run.event };
  }

  #begin(run: Run, cold: boolean): void {
    this.#current = run;
    this.#batches = 0;
    this.#raw?.stdout.begin(run.limits.output);
    this.#raw?.stderr.begin(run.limits.output);
    if (run.goesOn) return;
    const { before, platform } = this.#spec ?? {};
    const hasSeveral = platform?.processes !== undefined;
    const isReset = cold && before !== undefined && !hasSeveral;
    this.#surroundings.post({
      type: 'began',
      run: run.run,
      beginning: {
        format: 'trace/1',
        platform: this.#spec?.platform.platform ?? '',
        python: this.#interpreter?.python ?? '',
        cold,
        ...(isReset ? { reset: true as const } : {}),
        ...(hasSeveral ? { process: (before?.count ?? 0) + 1 } : {}),
        request: run.request,
        event: run.event,
      },
    });
  }

  /** When the time is up while Python is busy, a simulated clock's alarm ends the run, or the page or the parent process. */
  #setTimeout(run: RunId, milliseconds: number, last: LastWords | Interruption): void {
    const { post } = this.#surroundings;
    const world = this.#world;
    if (world.alarm === null || world.goesOn === true) post({ type: 'timeout', run, milliseconds, ...last });
    if (world.alarm === null) return;
    this.#callOff?.();
    this.#callOff = world.alarm(milliseconds, () => {
      if (last.log !== '') this.#emit({ kind: 'output', stream: 'platform', text: last.log });
      this.#flush();
      // Python may go on until its environment is removed; nothing that it does is reported any more.
      this.#current = null;
      this.#exited = true;
      this.#isLate = true;
      if (last.outcome === null) post({ type: 'exited', code: KILLED, restarts: true });
      else post({ type: 'finished', run, outcome: last.outcome });
    });
  }

  #exit(service: Service, code: number): void {
    if (this.#exited) return;
    this.#exited = true;
    this.#raw?.stdout.end();
    this.#raw?.stderr.end();
    service.exited(code);
    if (this.#restarts) {
      this.#callOff?.();
      this.#flush();
      this.#current = null;
    }
    this.#surroundings.post({ type: 'exited', code, restarts: this.#restarts });
  }

  #emit(event: TraceEvent): void {
    this.#add([event]);
  }

  #add(events: readonly TraceEvent[]): void {
    for (const event of events) this.#push(event);
    const now = elapsed();
    if (
      this.#batches < PROMPT_BATCHES ||
      now - this.#lastBatch >= BATCH_MILLISECONDS ||
      this.#events.length >= BATCH_EVENTS
    ) {
      this.#flush();
    }
  }

  /** The bytes of a file come with its event, and travel beside it from here on. */
  #takeBytes(event: RecordedEvent): TraceEvent {
    if (event.kind !== 'file' || event.base64 === undefined) return event;
    const { kind, path, size, base64 } = event;
    this.#files += 1;
    const earlier = this.#spec?.before?.count ?? 0;
    // A run may have events of two processes.
    const blob = `file-${earlier === 0 ? '' : `${String(earlier + 1)}-`}${String(this.#files)}`;
    this.#blobs.set(blob, base64ToBytes(base64));
    return { kind, path, size, blob };
  }

  /** A print comes in two pieces, its text and its line's end: what nothing stands between is one event. */
  #push(event: TraceEvent): void {
    const last = this.#events.at(-1);
    if (event.kind === 'output' && last?.kind === 'output' && last.stream === event.stream) {
      this.#events[this.#events.length - 1] = { ...last, text: last.text + event.text };
    } else this.#events.push(event);
  }

  #flush(): void {
    const run: RunId | undefined = this.#current?.run;
    if (run === undefined || this.#events.length === 0) return;
    this.#surroundings.post({
      type: 'recorded',
      run,
      events: this.#events,
      blobs: Object.fromEntries(this.#blobs),
    });
    this.#events = [];
    this.#blobs.clear();
    this.#batches += 1;
    this.#lastBatch = elapsed();
  }
}

/** All variables of the process, with the one that names the handler where the platform has one. */
function variablesOf({ platform, setup }: EnvironmentSpec): Readonly<Record<string, string>> {
  const { handlerVariable } = platform;
  return handlerVariable === undefined
    ? setup.variables
    : { [handlerVariable]: setup.handler, ...setup.variables };
}

/** Some of Pyodide's failures are objects that are no `Error`. */
function describeFailure(failure: unknown): { name: string; message: string } {
  if (typeof failure !== 'object' || failure === null) return { name: 'Error', message: String(failure) };
  const { name, message } = failure as { name?: unknown; message?: unknown };
  return {
    name: typeof name === 'string' && name !== '' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
  };
}
