/**
 * What there is to see at one step of a run. A moment is a value: two of the same step are equal, however the
 * reader came there, and every pane of a lab is a function of it.
 */
import type { Locals, Owner, Phase, TraceEvent } from './format.ts';

/** What happens at a step; `end` is the last one of every run, when all that was recorded has happened. */
export type StepKind = 'call' | 'line' | 'return' | 'raise' | 'end';

/** A frame on the stack, as it was at the moment. */
export interface Frame {
  /** Counts from 1 within an environment: a frame keeps its number as long as it lives. */
  readonly number: number;
  readonly name: string;
  readonly source: string;
  readonly owner: Owner;
  /** The line that is about to run, or at which the frame waits for what it has called. */
  readonly line: number;
  readonly locals: Locals;
}

/** Whether a local was not there before this step, had another value, or was there and is no more. */
export type Change = 'new' | 'changed' | 'gone';

/** An error on its way. */
export interface RaisedError {
  readonly text: string;
  /** The name of the function, its file and the line that the error came through last. */
  readonly name: string;
  readonly source: string;
  readonly line: number;
}

/** A bucket that was made, or a change in it. */
export type ObjectEvent = Extract<TraceEvent, { kind: 'bucket' | 'object' }>;

/** A change of the disk. */
export type FileEvent = Extract<TraceEvent, { kind: 'file' }>;

/** One moment of a run. */
export interface Moment {
  /** Counts from 1. */
  readonly step: number;
  /** How many steps the run has. */
  readonly of: number;
  readonly kind: StepKind;
  /** How many of the run's events have happened. */
  readonly events: number;
  /** The frames, outermost first; the last one is the one that runs. Empty before the first call and after the last return. */
  readonly stack: readonly Frame[];
  /** The locals of the last frame that this step made, changed or took away. */
  readonly changes: Readonly<Record<string, Change>>;
  /** At a `return`: what the last frame gives back. */
  readonly value: string | null;
  /** The function that the line is about to call, where the next step enters one. */
  readonly calls: string | null;
  /** The last error so far. */
  readonly error: RaisedError | null;
  readonly phase: Phase | null;
  /** The log so far. */
  readonly output: string;
  /** All changes of buckets and of the disk so far, in their order: the last of a key or path is what is there. */
  readonly objects: readonly ObjectEvent[];
  readonly files: readonly FileEvent[];
  /** The recording's limit, once it has been passed: what followed was not recorded. */
  readonly cut: number | null;
}
