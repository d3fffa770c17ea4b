/**
 * What is found out about some pasted lines. From the paste to its answer there are four steps, each a file or folder of its own:
 *
 * 1. `intake/`: the paste as entries, freed from what a console, a tool or a terminal wraps around a log's lines;
 * 2. `grammar.ts`, `read-lines.ts`: each entry with its kind and its fields, by one table;
 * 3. `runs.ts`: the invocations that the lines tell of;
 * 4. `findings.ts`: what the lines show, and what they leave open.
 *
 * All values are plain data, so that a worker can send them. Sentences are words of the interface, by id (`content/ui`).
 */
import type { FindingId } from './findings.ts';
import type { Kind } from './grammar.ts';

/** Where something stands in the paste: a line from 1, columns from 0 (`to` is behind the last one). */
export interface Span {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/**
 * One line of a log's event, as its writer wrote it. It may be a piece of a pasted line (two events run together) or be joined from
 * several (a terminal's wraps).
 */
export interface Entry {
  readonly text: string;
  /** The places that the text was taken from, in their order; never empty. */
  readonly spans: readonly Span[];
  /** Counts log events from 0: lines of one event share it. Where events can't be told apart each line is one. */
  readonly event: number;
  /** When the event was taken in, by the words around it. */
  readonly time: PasteTime | null;
  /** Log stream, where the paste names it. */
  readonly stream: string | null;
  /** The same event stands in the paste once more, and whole: this one is shown, but not counted. */
  readonly isCopy: boolean;
}

/** A time as a tool or a console shows it. */
export interface PasteTime {
  /** Milliseconds since 1970 by UTC; null where the date or the zone isn't known. */
  readonly epoch: number | null;
  /** Milliseconds since that day began, by the clock that was shown. */
  readonly clock: number;
}

/** An entry that the grammar has read. `fields` are those of its row: numbers in ms and MB, times as epoch ms, the rest as it was written. */
export interface ReadLine extends Entry {
  readonly kind: Kind;
  readonly fields: Readonly<Record<string, string | number>>;
}

/** How an invocation ended. `unknown`: the lines don't say. */
export type Outcome = 'success' | 'error' | 'timeout' | 'memory' | 'killed' | 'crash' | 'exit' | 'unknown';

/** One attempt at an invocation. What the lines don't tell is null. */
export interface Run {
  readonly requestId: string | null;
  /** From 1; a second one with the same id is a retry. */
  readonly attempt: number;
  /** `again`: the init ran inside of the invocation, after a failed init or a reset. */
  readonly start: 'cold' | 'warm' | 'again' | 'restored' | 'unknown';
  readonly outcome: Outcome;
  /** As the log has it (`Runtime.ImportModuleError`). */
  readonly errorType: string | null;
  /** Page of the catalogue that explains it. */
  readonly error: string | null;
  /** Python's version (`3.12`), where a line or a path tells it. */
  readonly python: string | null;
  readonly durationMs: number | null;
  readonly billedMs: number | null;
  readonly initMs: number | null;
  /** Whether init is in what was billed, by the numbers. */
  readonly initBilled: boolean | null;
  readonly memoryMb: number | null;
  readonly usedMb: number | null;
  /** When the attempt began and ended, epoch ms: END minus Duration and END where both are known, never START after a failed init. */
  readonly from: number | null;
  readonly to: number | null;
  /** What was there before it: the same process, kept frozen; nothing that ran; or the lines don't say. */
  readonly before: 'frozen' | 'nothing' | 'unknown';
  /** An emulator wrote it: nothing of cold, billing or memory follows from it. */
  readonly isEmulated: boolean;
  /** Indices into `Explanation.lines`. */
  readonly lines: readonly number[];
}

/** A sentence about the paste. */
export interface Finding {
  readonly id: FindingId;
  readonly values: Readonly<Record<string, string | number>>;
  /** Whether the lines show it, or leave it open. */
  readonly isShown: boolean;
  /** The run that it is about: an index into `runs`; null where it is about all. */
  readonly run: number | null;
  /** The lines that show it: indices into `Explanation.lines`. */
  readonly lines: readonly number[];
}

/** All that is found out about a paste. */
export interface Explanation {
  /** How many lines were pasted. */
  readonly count: number;
  /** What every part of them is, in their order. Blank lines have none. */
  readonly lines: readonly ReadLine[];
  readonly runs: readonly Run[];
  /** The first one answers in one sentence. */
  readonly findings: readonly Finding[];
  /** Pages of the catalogue that explain the errors: those of the runs, and of answers that came without a log. */
  readonly errors: readonly string[];
}
