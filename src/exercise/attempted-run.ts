/** What is known of an attempt: its runs, and the moments in them. */
import type { Outcome, TraceBeginning, TraceEvent } from '../trace/format.ts';

/** One run of an attempt. */
export interface AttemptedRun {
  readonly beginning: Pick<TraceBeginning, 'cold' | 'reset' | 'process'>;
  readonly events: readonly TraceEvent[];
  readonly ending: Outcome | { readonly status: 'stopped' };
  /** The bytes of files and objects, by the names that events give them. */
  readonly blobs: Readonly<Record<string, Uint8Array>>;
}

/** A moment to look at: a run, from 1, and a step of it, from 1. */
export interface Look {
  readonly run: number;
  readonly step: number;
}
