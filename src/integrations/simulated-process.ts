/** A process of Node's in which time and chance are simulated, for Python as well: what it makes is always the same. */
import crypto from 'node:crypto';
import { simulatedWorld, type SimulatedState, type World } from '../sandbox/world.ts';

/** Call it before Python is loaded. `before` is where the process before this one has left its world. */
export function simulateProcess(before: SimulatedState | null = null): World {
  const world = simulatedWorld(globalThis, before);
  // Pyodide asks Node for its chance, not the web's part of it: under a simulated world both are the same.
  const fill = (view: NodeJS.TypedArray<ArrayBuffer>): unknown => globalThis.crypto.getRandomValues(view);
  Object.assign(crypto, { randomFillSync: fill });
  return world;
}
