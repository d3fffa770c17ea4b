/** Why bytes that a run has left could not be had. */
import type { StorageWords } from '../words.ts';

/** What a reader is told when bytes could not be handed over; `full` where the browser has no room for them. */
export function errorToWords(error: unknown, words: StorageWords, full: string): string {
  // What a browser says where it has no room: of its storage, and of its memory.
  const isFull =
    error instanceof RangeError || (error instanceof DOMException && error.name === 'QuotaExceededError');
  return isFull ? full : words.unreachable;
}
