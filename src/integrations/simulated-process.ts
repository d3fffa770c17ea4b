/** A process of Node's in which time and chance are simulated, for Python as well: what it makes is always the same. */
import crypto from 'node:crypto';
import { simulatedWorld, type World } from '../sandbox/world.ts';

/** Call it before Python is loaded. */
export function simulateProcess(): World {
  const world = simulatedWorld(globalThis);
  // Pyodide asks Node for its chance, not the web's part of it: under a simulated world both are the same.
  const fill = (view: NodeJS.TypedArray<ArrayBuffer>): unknown => globalThis.crypto.getRandomValues(view);
  Object.assign(crypto, { randomFillSync: fill });
  return world;
}
