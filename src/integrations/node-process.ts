/** One process of an environment under Node: it is handed invocations, and tells what becomes of them. */
import type { EnvironmentSpec, Limits, QueuedInvocation, WorkerMessage } from '../sandbox/protocol.ts';
import type { SimulatedState } from '../sandbox/world.ts';
import type { Outcome } from '../trace/format.ts';
import { imageToBootFrom } from './boot-image.ts';
import { leaveChild, takeChild, type NodeChild } from './node-children.ts';
import type { Life } from './node-life.ts';

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

/** The simulated world that processes have one after another. */
export interface SharedWorld {
  /** Where its clock and its ids have come to; null before the first process, and where the world is the real one. */
  state: SimulatedState | null;
}

/** How the handing out of invocations ended: `restarts`, when another process has to go on for this one. */
type Ending = 'answered' | 'over' | 'restarts';

/** The invocations that are under way. */
interface Batch {
  readonly life: Life;
  /** Runs of these ids count; those of others are repeated. */
  readonly own: ReadonlySet<number>;
  /** How many runs the life has when all are answered. */
  readonly toFinish: number;
  readonly settle: (ending: Ending) => void;
  readonly fail: (error: Error) => void;
}

export class NodeProcess {
  readonly #child: NodeChild;
  readonly #options: NodeRunOptions;
  readonly #world: SharedWorld;
  #batch: Batch | null = null;
  #waits = false;
  /** Whether all that it was handed so far was answered, by a Python that waits for more. */
  #isWhole = false;
  #isOver = false;
  #deadline: NodeJS.Timeout | undefined;
  #timeout: NodeJS.Timeout | undefined;

  private constructor(child: NodeChild, options: NodeRunOptions, world: SharedWorld) {
    this.#child = child;
    this.#options = options;
    this.#world = world;
    child.process.on('error', (error) => this.#batch?.fail(error));
    child.process.on('exit', (code, signal) => {
      const ended = `Python's process ended by itself (${signal ?? String(code)}). ${child.complaint}`;
      this.#batch?.fail(new NodeEnvironmentFailed(ended));
    });
    child.process.on('message', (message: WorkerMessage | { type: 'state'; state: SimulatedState }) => {
      if (message.type === 'state') world.state = message.state;
      // Messages that are still under way must not change what has been told.
      else if (this.#batch !== null) this.#take(message, this.#batch);
    });
  }

  /** Starts one for an environment; it does nothing before it is handed an invocation. */
  static async start(
    spec: EnvironmentSpec,
    options: NodeRunOptions,
    world: SharedWorld,
  ): Promise<NodeProcess> {
    const image = await imageToBootFrom();
    const child = await takeChild();
    const process = new NodeProcess(child, options, world);
    const { waiting, world: kind } = options;
    child.send({ type: 'live', waiting, world: kind, image, state: world.state });
    child.send({ type: 'start', environment: spec });
    return process;
  }

  /** Whether it can wait for other invocations when it has answered those that it was handed. */
  get waits(): boolean {
    return this.#waits;
  }

  /**
   * Hands out the queue, of which only the runs of `own` are told to the life; resolves when these are answered, or the
   * process is over. Rejects with NodeEnvironmentFailed.
   */
  async invoke(queue: readonly QueuedInvocation[], own: ReadonlySet<number>, life: Life): Promise<Ending> {
    // Another process may have used the simulated world since.
    if (this.#world.state !== null) this.#child.send({ type: 'state', state: this.#world.state });
    this.#isWhole = false;
    const { promise, resolve, reject } = Promise.withResolvers<Ending>();
    const settle = (ending: Ending): void => {
      this.#batch = null;
      this.#isWhole = ending === 'answered';
      resolve(ending);
    };
    this.#batch = { life, own, toFinish: life.finished + own.size, settle, fail: reject };
    this.#child.send({ type: 'invoke', queue, limits: this.#options.limits });
    try {
      return await promise;
    } finally {
      this.#batch = null;
      clearTimeout(this.#deadline);
      clearTimeout(this.#timeout);
    }
  }

  /** The environment is over; the second time this does nothing. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    leaveChild(this.#child, this.#isWhole);
  }

  #take(message: WorkerMessage, { life, own, toFinish, settle, fail }: Batch): void {
    if (message.type === 'ready') this.#waits = message.waits;
    const end = (outcome?: Outcome): void => {
      if (outcome !== undefined) life.finish(outcome);
      settle('over');
    };
    if (message.type === 'began' || message.type === 'finished') {
      clearTimeout(this.#deadline);
      clearTimeout(this.#timeout);
      this.#deadline = setTimeout(end, this.#options.deadline, { status: 'limited', by: 'milliseconds' });
    }
    if ('run' in message && !own.has(message.run)) return;
    life.take(message);
    if (message.type === 'timeout') {
      clearTimeout(this.#timeout);
      this.#timeout = setTimeout(() => {
        if (this.#batch === null) return;
        life.say(message.log);
        if (message.outcome === null) settle('restarts');
        else end(message.outcome);
      }, message.milliseconds);
    }
    if (message.type === 'crashed') {
      if (life.hasOpenRun) end({ status: 'crashed', message: message.message });
      else fail(new NodeEnvironmentFailed(`${message.name}: ${message.message}`));
    } else if (message.type === 'exited' && message.restarts && life.hasOpenRun) settle('restarts');
    else if (isOver(message)) end();
    else if (life.finished === toFinish) settle('answered');
  }
}

/** Whether nothing more can come of the process: it has ended, or a limit has spent it. */
function isOver(message: WorkerMessage): boolean {
  if (message.type !== 'finished') return message.type === 'exited';
  return message.outcome.status === 'limited' || message.outcome.status === 'timed-out';
}
