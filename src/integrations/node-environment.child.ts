/**
 * The process in which one execution environment lives under Node: the counterpart of the browser's
 * worker. A process of its own, because Python can end or break the one that it runs in.
 */
import { Environment } from '../sandbox/environment.ts';
import { isFatal } from '../sandbox/interpreter.ts';
import { limitMemory, MEMORY_LIMIT } from '../sandbox/memory-limit.ts';
import type { PageMessage } from '../sandbox/protocol.ts';
import { realWorld, type SimulatedState } from '../sandbox/world.ts';
import type { CreateService } from '../platforms/service.ts';
import { readHarness } from './platforms.ts';
import { loadPythonFrom } from './load-python.ts';
import { simulateProcess } from './simulated-process.ts';
import { readZones } from './zones.ts';

// An empty name of the image's file means the plain boot.
const [waiting, kind, image = '', state = ''] = process.argv.slice(2);
const world = kind === 'simulated' ? simulateProcess(parseState(state)) : realWorld();

const environment = new Environment({
  post: (message) => {
    // Ahead of the message, for which the parent may start the next process.
    if (world.state !== null) process.send?.({ type: 'state', state: world.state() });
    process.send?.(message);
  },
  world,
  loadPython: await loadPythonFrom(image),
  library: null,
  zones: readZones,
  isOutOfMemory: limitMemory(MEMORY_LIMIT),
  harness: await readHarness(),
  loadService: async (name) =>
    (await import(`../platforms/${name}/service.ts`)) as { readonly createService: CreateService },
  mayWait: waiting !== 'queue',
});

// After a fatal error of the interpreter no promise settles: this is the only sign.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    if (isFatal(error)) environment.crash(error);
  });
}

type Message = Exclude<PageMessage, { type: 'python' }> | { type: 'state'; state: SimulatedState };
process.on('message', (message: Message) => {
  if (message.type === 'state') world.catchUp(message.state);
  else environment.receive(message);
});

/** Where the process before this one has left its simulated world. */
function parseState(text: string): SimulatedState | null {
  return text === '' ? null : (JSON.parse(text) as SimulatedState);
}
