/**
 * The process in which an execution environment lives under Node: the counterpart of the browser's worker. A process of
 * its own, because Python can end or break the one that it runs in. Where an environment has left it whole, the next
 * one lives in it: most of the time that a start takes goes into the compiling of what is compiled by then.
 */
import crypto from 'node:crypto';
import { Environment } from '../sandbox/environment.ts';
import { isFatal, type LoadPython } from '../sandbox/interpreter.ts';
import { limitMemory, MEMORY_LIMIT } from '../sandbox/memory-limit.ts';
import type { PageMessage } from '../sandbox/protocol.ts';
import { realWorld, type SimulatedState, type World } from '../sandbox/world.ts';
import type { CreateService } from '../platforms/service.ts';
import { readHarness } from './platforms.ts';
import { loadPythonFrom } from './load-python.ts';
import { simulateProcess } from './simulated-process.ts';
import { readZones } from './zones.ts';

/** What a process is told beside the messages of a page. */
export type ChildMessage =
  | Exclude<PageMessage, { type: 'python' }>
  | Live
  | { readonly type: 'state'; readonly state: SimulatedState }
  /** Nothing more is asked of the environment: the process answers `free`, or ends where something of it goes on. */
  | { readonly type: 'leave' };

/** The first message of an environment, which ends the one before it. */
interface Live {
  readonly type: 'live';
  readonly waiting: 'suspended' | 'queue';
  readonly world: 'real' | 'simulated';
  /** The boot image's file; an empty name means the plain boot. */
  readonly image: string;
  /** Where the process before this one has left its simulated world. */
  readonly state: SimulatedState | null;
}

/** What Python and a simulated world put other functions in the place of. */
const REPLACED = [
  [Date, 'now'],
  [performance, 'now'],
  [globalThis, 'setTimeout'],
  [globalThis.crypto, 'getRandomValues'],
  [crypto, 'randomFillSync'],
  [WebAssembly.Memory.prototype, 'grow'],
] as const;
const OWN = REPLACED.map(([place, name]) => Object.getOwnPropertyDescriptor(place, name));

/** The environment that lives here, and its world. */
let living: { readonly environment: Environment; readonly world: World } | null = null;
/** Loads Python, by the image's file: it is read once. */
const loaders = new Map<string, Promise<LoadPython>>();
const harness = await readHarness();

async function live({ waiting, world: kind, image, state }: Live): Promise<void> {
  for (const [index, [place, name]] of REPLACED.entries()) {
    const own = OWN[index];
    if (own === undefined) Reflect.deleteProperty(place, name);
    else Object.defineProperty(place, name, own);
  }
  const world = kind === 'simulated' ? simulateProcess(state) : realWorld();
  const load = loaders.get(image) ?? loadPythonFrom(image);
  loaders.set(image, load);
  const environment: Environment = new Environment({
    post: (message) => {
      if (living?.environment !== environment) return;
      // Ahead of the message, for which the parent may start the next process.
      if (world.state !== null) process.send?.({ type: 'state', state: world.state() });
      process.send?.(message);
    },
    world,
    loadPython: await load,
    library: null,
    zones: readZones,
    wasRefusedMemory: limitMemory(MEMORY_LIMIT),
    harness,
    loadService: async (name) =>
      (await import(`../platforms/${name}/service.ts`)) as { readonly createService: CreateService },
    mayWait: waiting !== 'queue',
  });
  living = { environment, world };
}

function receive(message: ChildMessage): void | Promise<void> {
  if (message.type === 'live') return live(message);
  if (message.type === 'leave') {
    living = null;
    // Its timers would wake it in the next one's time.
    if (process.getActiveResourcesInfo().includes('Timeout')) process.exit();
    process.send?.({ type: 'free' });
  } else if (message.type === 'state') living?.world.catchUp(message.state);
  else living?.environment.receive(message);
}

// After a fatal error of the interpreter no promise settles: this is the only sign.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    if (isFatal(error)) living?.environment.crash(error);
  });
}

let received = Promise.resolve();
process.on('message', (message: ChildMessage) => {
  received = received.then(() => receive(message));
});
