/**
 * Runs invocations against a platform under Node, one process an execution environment: what the
 * recordings and the command line are made of.
 */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { filesIn, keepFiles } from '../sandbox/kept-files.ts';
import { keepObjects } from '../sandbox/kept-objects.ts';
import type {
  EarlierProcesses,
  EnvironmentSpec,
  Files,
  Limits,
  PageMessage,
  QueuedInvocation,
  WorkerMessage,
} from '../sandbox/protocol.ts';
import type { SimulatedState } from '../sandbox/world.ts';
import type { Buckets } from '../platforms/shared/objects.ts';
import type { Outcome, RecordedRun, TraceBeginning, TraceEvent } from '../trace/format.ts';
import { imageToBootFrom } from './boot-image.ts';

const CHILD = path.join(import.meta.dirname, 'node-environment.child.ts');

/** Characters that are kept of what a broken process last said. */
const COMPLAINT_LIMIT = 2000;

/** What became of one environment. */
export interface EnvironmentRecord {
  readonly runs: readonly RecordedRun[];
  /** For each run the bytes of the objects and files that its events name. */
  readonly blobs: readonly Readonly<Record<string, Uint8Array>>[];
  /** The exit status of the runtime's process; null while it waits for more, or when it was stopped from outside. */
  readonly exit: number | null;
  readonly objects: Buckets;
  /** What the process wrote that belongs to no finished run: the reason why there is none. */
  readonly unfinished: string;
}

export interface NodeRunOptions {
  readonly limits: Limits;
  /** Milliseconds that one invocation may take before its environment is removed. */
  readonly deadline: number;
  /** 'queue' forces the way of waiting that needs no JSPI. */
  readonly waiting: 'suspended' | 'queue';
  /** Recordings are made in a simulated world, so that they come out the same every time. */
  readonly world: 'real' | 'simulated';
}

/** Python under Node failed, or its process did, and no invocation can be blamed; the message is a sentence. */
export class NodeEnvironmentFailed extends Error {
  override name = 'NodeEnvironmentFailed';
}

/**
 * Hands out all events in order. An environment that dies is followed by a new one, or reset where the platform
 * does that; buckets outlive environments. Rejects with NodeEnvironmentFailed when Python cannot be started.
 */
export async function runInNode(
  spec: EnvironmentSpec,
  events: readonly string[],
  options: NodeRunOptions,
): Promise<EnvironmentRecord[]> {
  const records: EnvironmentRecord[] = [];
  const chain: Chain = { before: null, state: null };
  let left = events;
  let objects = spec.objects;
  while (left.length > 0) {
    const record = await liveOnce({ ...spec, objects }, left, options, chain);
    if (record.runs.length === 0) throw new NodeEnvironmentFailed(describeEnd(spec, record));
    records.push(record);
    objects = record.objects;
    left = left.slice(record.runs.length);
  }
  return records;
}

/** What one process of Node's leaves to the next one. */
interface Chain {
  /** Null when the next one begins a new environment. */
  before: EarlierProcesses | null;
  /** Where the simulated clock and the ids have come to. */
  state: SimulatedState | null;
}

/** Why an environment took no invocation: mostly its platform's own script failed. */
function describeEnd({ platform }: EnvironmentSpec, { exit, unfinished }: EnvironmentRecord): string {
  const wrote = unfinished.trim() === '' ? 'It wrote nothing.' : `It wrote:\n${unfinished.trimEnd()}`;
  return `The process of ${platform.platform} ended with status ${String(exit)} before it took an invocation. ${wrote}`;
}

/** One environment, from its cold start or its reset until it has answered everything or its process is gone. */
async function liveOnce(
  spec: EnvironmentSpec,
  events: readonly string[],
  options: NodeRunOptions,
  chain: Chain,
): Promise<EnvironmentRecord> {
  const life = new Life(spec.objects, chain.before?.files ?? {});
  const queue: QueuedInvocation[] = events.map((event, index) => ({ run: index + 1, event }));
  const ending = await liveAsProcess(spec, queue, options, life, chain);
  if (ending === 'restarts') {
    chain.before = life.leave(chain.before, spec);
    const [first, ...others] = queue.slice(life.finished);
    const request = life.openRequest;
    if (first === undefined || request === null) return life.record();
    await liveAsProcess(spec, [{ ...first, request }, ...others], options, life, chain);
  }
  chain.before = life.isReset && spec.platform.resets !== undefined ? life.leave(chain.before, spec) : null;
  return life.record();
}

/** One process: resolves when it has answered everything, is gone, or another process has to go on for it. */
async function liveAsProcess(
  spec: EnvironmentSpec,
  queue: readonly QueuedInvocation[],
  options: NodeRunOptions,
  life: Life,
  chain: Chain,
): Promise<'over' | 'restarts'> {
  const state = chain.state === null ? '' : JSON.stringify(chain.state);
  const child = fork(CHILD, [options.waiting, options.world, await imageToBootFrom(), state], {
    serialization: 'advanced',
    // Everything that is for the log comes as a message; what is left is what Pyodide says when it breaks.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Warnings of Node's own (JSPI is experimental there) are not for the reader of a log.
    execArgv: ['--no-warnings'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk) => (complaint = (complaint + String(chunk)).slice(-COMPLAINT_LIMIT)));
  let deadline: NodeJS.Timeout | undefined;
  let timeout: NodeJS.Timeout | undefined;
  const toFinish = life.finished + queue.length;
  try {
    return await new Promise<'over' | 'restarts'>((resolve, reject) => {
      let isSettled = false;
      const settle = (ending: 'over' | 'restarts'): void => {
        isSettled = true;
        resolve(ending);
      };
      const end = (outcome?: Outcome): void => {
        if (outcome !== undefined) life.finish(outcome);
        settle('over');
      };
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        reject(
          new NodeEnvironmentFailed(
            `Python's process ended by itself (${signal ?? String(code)}). ${complaint}`,
          ),
        );
      });
      child.on('message', (message: WorkerMessage | { type: 'state'; state: SimulatedState }) => {
        // Messages that are still under way must not change what has been told.
        if (isSettled) return;
        if (message.type === 'state') {
          chain.state = message.state;
          return;
        }
        life.take(message);
        if (message.type === 'began' || message.type === 'finished') {
          clearTimeout(deadline);
          clearTimeout(timeout);
          deadline = setTimeout(end, options.deadline, { status: 'limited', by: 'milliseconds' });
        }
        if (message.type === 'timeout') {
          clearTimeout(timeout);
          timeout = setTimeout(() => {
            life.say(message.log);
            if (message.outcome === null) settle('restarts');
            else end(message.outcome);
          }, message.milliseconds);
        }
        if (message.type === 'crashed') {
          if (life.hasOpenRun) end({ status: 'crashed', message: message.message });
          else reject(new NodeEnvironmentFailed(`${message.name}: ${message.message}`));
        } else if (message.type === 'exited' && message.restarts && life.hasOpenRun) settle('restarts');
        else if (isOver(message) || life.finished === toFinish) end();
      });
      const before = chain.before === null ? {} : { before: chain.before };
      send(child, { type: 'start', environment: { ...spec, ...before } });
      send(child, { type: 'invoke', queue, limits: options.limits });
    });
  } finally {
    clearTimeout(deadline);
    clearTimeout(timeout);
    child.kill('SIGKILL');
  }
}

/** Whether nothing more can come of the environment: its process has ended, or a limit has spent it. */
function isOver(message: WorkerMessage): boolean {
  if (message.type !== 'finished') return message.type === 'exited';
  return message.outcome.status === 'limited' || message.outcome.status === 'timed-out';
}

function send(child: ChildProcess, message: PageMessage): void {
  child.send(message);
}

/** What is known so far of an environment's life. */
class Life {
  readonly #runs: RecordedRun[] = [];
  readonly #blobs: Record<string, Uint8Array>[] = [];
  #buckets: Buckets;
  #files: Files;
  #isReset = false;
  #open: { beginning: TraceBeginning; events: TraceEvent[] } | null = null;
  #exit: number | null = null;

  constructor(objects: Buckets, files: Files) {
    this.#buckets = objects;
    this.#files = files;
  }

  /** The id of the run that is open. */
  get openRequest(): string | null {
    return this.#open?.beginning.request ?? null;
  }

  /** Whether it has ended in a way after which a platform may reset it. */
  get isReset(): boolean {
    return this.#isReset;
  }

  /** What its process leaves to the next one. */
  leave(before: EarlierProcesses | null, { platform: { resets = [] } }: EnvironmentSpec): EarlierProcesses {
    return { count: (before?.count ?? 0) + 1, files: filesIn(this.#files, resets) };
  }

  get finished(): number {
    return this.#runs.length;
  }

  get hasOpenRun(): boolean {
    return this.#open !== null;
  }

  take(message: WorkerMessage): void {
    if (message.type === 'began') {
      this.#open = { beginning: message.beginning, events: [] };
      this.#blobs.push({});
    }
    if (message.type === 'recorded') this.#record(message.events, message.blobs);
    else if (message.type === 'finished') this.finish(message.outcome);
    else if (message.type === 'exited') this.#exit = message.code;
  }

  /** Lines that the platform adds to the log when it removes the environment. */
  say(text: string): void {
    if (text !== '') this.#open?.events.push({ kind: 'output', stream: 'platform', text });
  }

  finish(outcome: Outcome): void {
    if (this.#open !== null) this.#runs.push({ ...this.#open, outcome });
    if (outcome.status === 'exited') this.#exit = outcome.code;
    if (outcome.status === 'completed') this.#exit = 0;
    this.#open = null;
    this.#isReset = outcome.status === 'exited' || outcome.status === 'timed-out';
  }

  record(): EnvironmentRecord {
    return {
      runs: [...this.#runs],
      blobs: [...this.#blobs],
      exit: this.#exit,
      objects: this.#buckets,
      unfinished: (this.#open?.events ?? [])
        .map((event) => (event.kind === 'output' ? event.text : ''))
        .join(''),
    };
  }

  #record(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void {
    this.#open?.events.push(...events);
    Object.assign(this.#blobs.at(-1) ?? {}, blobs);
    this.#buckets = keepObjects(this.#buckets, events, blobs);
    this.#files = keepFiles(this.#files, events, blobs);
  }
}
