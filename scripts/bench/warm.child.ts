/** One environment's life in a process of its own: how long each invocation took, and what was held in memory. */
import { loadPyodide } from 'pyodide';
import { readHarness, readPlatform } from '../../src/integrations/platforms.ts';
import { readZones } from '../../src/integrations/zones.ts';
import { Environment } from '../../src/sandbox/environment.ts';
import { realWorld } from '../../src/sandbox/world.ts';
import type { CreateService } from '../../src/platforms/service.ts';
import { contentsToFiles } from '../../src/trace/file-content.ts';

export interface LifeOrder {
  readonly platform: string;
  readonly waiting: 'suspended' | 'queue';
  /** As many are queued; after the last of them memory is weighed, for then the queue weighs nothing. */
  readonly count: number;
}

export interface Life {
  /** What each invocation took, in their order. */
  readonly milliseconds: Float64Array;
  readonly held: Held;
}

export interface Held {
  /** Bytes of JavaScript's heap, after a collection. */
  readonly javascript: number;
  /** Objects that Python's collector knows, after a collection. */
  readonly objects: number;
  /** Bytes of Python's whole memory, which only grows. */
  readonly python: number;
}

/** Answers how much Python holds where it is asked to; most invocations answer at once. */
const SOURCE = `import gc

def lambda_handler(event, context):
    if event["weigh"]:
        gc.collect()
        return len(gc.get_objects())
    return event
`;

const order = JSON.parse(process.argv[2] ?? '') as LifeOrder;
const { description, files } = await readPlatform(order.platform);
const milliseconds = new Float64Array(order.count);
let finished = 0;
let python = 0;
let last = performance.now();

const environment = new Environment({
  post: (message) => {
    if (message.type === 'crashed') throw new Error(`${message.name}: ${message.message}`);
    if (message.type !== 'finished') return;
    const now = performance.now();
    milliseconds[finished] = now - last;
    finished += 1;
    if (message.outcome.status !== 'returned') throw new Error(JSON.stringify(message.outcome));
    if (finished === order.count) void report(Number(message.outcome.payload));
    last = performance.now();
  },
  world: {
    ...realWorld(),
    memoryUsed: (bytes) => {
      python = bytes;
      return 0;
    },
  },
  loadPython: loadPyodide,
  library: null,
  zones: readZones,
  wasRefusedMemory: () => false,
  harness: await readHarness(),
  loadService: async (name) =>
    (await import(`../../src/platforms/${name}/service.ts`)) as { readonly createService: CreateService },
  mayWait: order.waiting === 'suspended',
});

environment.receive({
  type: 'start',
  environment: {
    platform: description,
    image: contentsToFiles(files),
    task: { [`${description.task}/lambda_function.py`]: SOURCE },
    setup: {
      handler: 'lambda_function.lambda_handler',
      suppressInit: false,
      timeout: 900_000,
      variables: description.variables,
    },
    objects: {},
  },
});
environment.receive({
  type: 'invoke',
  queue: Array.from({ length: order.count }, (_, index) => ({
    run: index + 1,
    event: JSON.stringify({ weigh: index + 1 === order.count }),
  })),
  limits: { events: 0, output: 65_536 },
});

/** In turns of their own: a turn keeps what it has touched, and what is tidied up after one collection, the next one frees. */
async function report(objects: number): Promise<void> {
  for (let time = 0; time < 3; time += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    globalThis.gc?.();
  }
  const held: Held = { javascript: process.memoryUsage().heapUsed, objects, python };
  process.send?.({ milliseconds, held } satisfies Life, undefined, undefined, () => process.exit(0));
}
