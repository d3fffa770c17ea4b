/**
 * The process in which one execution environment lives under Node: the counterpart of the browser's
 * worker. A process of its own, because Python can end or break the one that it runs in.
 */
import crypto from 'node:crypto';
import { loadPyodide } from 'pyodide';
import { Environment } from '../sandbox/environment.ts';
import { isFatal } from '../sandbox/interpreter.ts';
import type { PageMessage } from '../sandbox/protocol.ts';
import { realWorld, simulatedWorld } from '../sandbox/world.ts';
import type { CreateService } from '../services/service.ts';
import { readHarness } from './images.ts';

const [waiting, kind] = process.argv.slice(2);

const environment = new Environment({
  post: (message) => process.send?.(message),
  world: kind === 'simulated' ? simulatedWorld(globalThis) : realWorld(),
  loadPython: loadPyodide,
  harness: await readHarness(),
  loadService: async (name) =>
    (await import(`../services/${name}.ts`)) as { readonly createService: CreateService },
  mayWait: waiting !== 'queue',
});

// Pyodide asks Node for its chance, not the web's part of it: under a simulated world both are the same.
if (kind === 'simulated') {
  const fill = (view: NodeJS.TypedArray<ArrayBuffer>): unknown => globalThis.crypto.getRandomValues(view);
  Object.assign(crypto, { randomFillSync: fill });
}

// After a fatal error of the interpreter no promise settles: this is the only sign.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    if (isFatal(error)) environment.crash(error);
  });
}

process.on('message', (message: Exclude<PageMessage, { type: 'python' }>) => {
  environment.receive(message);
});
