/** A build beside `dist/`, under a base path of a host that is known: a link that forgets either of them shows there. */
import path from 'node:path';
import { BuildFailed, buildIfChanged, type Address } from './build.ts';

/** Its folder. */
export const UNDER_BASE = path.resolve(import.meta.dirname, '..', '.cache', 'dist-under-base');

/** Where it would be served. */
export const BASE_ADDRESS = { site: 'https://docs.example', base: '/some/where/' } as const satisfies Address;

/** Builds it if need be, looks, and prints what was found: the process has failed then, or where there is no build. */
export async function reportFaultsUnderBase(find: () => Promise<readonly string[]>): Promise<void> {
  try {
    await buildUnderBase();
    const faults = await find();
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof BuildFailed || error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Builds it if need be. Rejects with BuildFailed. */
async function buildUnderBase(): Promise<void> {
  await buildIfChanged(BASE_ADDRESS, UNDER_BASE);
}

if (import.meta.main) await reportFaultsUnderBase(() => Promise.resolve([]));
