/** The real pastes that tests explain. */
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../fixtures/logs/', import.meta.url);

/** Names of all samples. */
export const SAMPLES: readonly string[] = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

/** A file of the samples' folder. */
export function readSample(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}
