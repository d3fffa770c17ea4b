/** Why bytes that a run has left could not be had. */
import { PythonFileMissing } from '../../sandbox/errors.ts';
import { policyBehind } from '../../sandbox/host-policy.ts';
import type { LabPage } from '../page-data.ts';
import { errorToProblem } from '../problem-words.ts';
import { fill } from '../words.ts';

/** What a reader is told when bytes could not be handed over; `full` where the browser has no room for them. */
export async function storedFaultToWords(error: unknown, page: LabPage, full: string): Promise<string> {
  // What a browser says where it has no room: of its storage, and of its memory.
  const isFull =
    error instanceof RangeError || (error instanceof DOMException && error.name === 'QuotaExceededError');
  if (isFull) return full;
  const { problem, storage } = page.words;
  // No connection explains what a policy has refused.
  const cause =
    error instanceof PythonFileMissing ? await policyBehind(error, document, page.assets.frame) : error;
  const { key, values } = errorToProblem(cause);
  return key === 'unknown' ? storage.unreachable : fill(problem[key], values);
}
