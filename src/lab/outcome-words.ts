/** How did the run end, and what became of its environment? Keys of the page's words, with their values. */
import type { SandboxState } from '../sandbox/sandbox.ts';
import type { Outcome } from '../trace/format.ts';
import type { LabWords } from './words.ts';

/** The end of a run as the page tells it: an outcome, or the reader's Stop. */
export type Ending = Outcome | { readonly status: 'stopped' };

/** The key of the sentence that says how a run ended. */
export function endingToKey(ending: Ending): keyof LabWords['outcome'] {
  return ending.status === 'limited' ? ending.by : ending.status;
}

/** What the caller holds in hand, or null when nobody was answered. */
export function endingToPayload(ending: Ending): string | null {
  return 'payload' in ending ? ending.payload : null;
}

/**
 * What became of the environment. A run that was answered without its process ending leaves one behind; where
 * the browser cannot let it wait, the next run repeats what it did.
 */
export function endingToEnvironment(ending: Ending, state: SandboxState): keyof LabWords['environment'] {
  if (state === 'warm') return 'kept';
  return ending.status === 'returned' || ending.status === 'raised' ? 'repeated' : 'gone';
}
