/** A build beside `dist/`, under a base path of a host that is known: a link that forgets either of them shows there. */
import path from 'node:path';
import { buildIfChanged, type Address } from './build.ts';

/** Its folder. */
export const UNDER_BASE = path.resolve(import.meta.dirname, '..', '.cache', 'dist-under-base');

/** Where it would be served. */
export const BASE_ADDRESS = { site: 'https://docs.example', base: '/some/where/' } as const satisfies Address;

/** Builds it if need be. Rejects with BuildFailed. */
export async function buildUnderBase(): Promise<void> {
  await buildIfChanged(BASE_ADDRESS, UNDER_BASE);
}
