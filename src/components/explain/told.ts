/** What the page asks of the paste that a worker holds, and what it's told: all of it plain data, and never more than is drawn. */
import type { ErrorKeys } from '../../catalogue/match-error.ts';
import type { Finding, Run } from '../../explain/explanation.ts';
import type { Owner } from '../../explain/owner.ts';
import type { Kind } from '../../explain/grammar.ts';
import type { MaskKind } from '../../explain/masking/masks.ts';
import type { Column, Sums, TableRow } from '../../explain/table.ts';

/** Whose a line is, as it's drawn: a shape, a colour and a word for each. */
export const SIGNS = ['platform', 'runtime', 'output', 'extension', 'tool', 'unknown'] as const;

export type Sign = (typeof SIGNS)[number];

/** Where lines come from: the text itself, or a file that is still to be read. */
export type PasteSource = { readonly text: string } | { readonly file: File };

/** One line as the list shows it. */
export interface ShownLine {
  /** Its place in the explanation. */
  readonly index: number;
  /** Its line in the paste, from 1. */
  readonly number: number;
  readonly text: string;
  readonly kind: Kind;
  readonly owner: Owner;
  readonly sign: Sign;
  readonly isCopy: boolean;
  /** The invocation that it belongs to; null for a line outside of any. */
  readonly run: number | null;
}

/** A place that a sentence leads to. */
export interface LinePlace {
  readonly index: number;
  readonly number: number;
}

/** A sentence, with the first of the lines that show it. */
export interface ShownFinding extends Omit<Finding, 'lines'> {
  readonly places: readonly LinePlace[];
}

/** An invocation without its lines. */
export interface ShownRun extends Omit<Run, 'lines'> {
  /** Where the first of its lines is. */
  readonly place: LinePlace | null;
  /** The index of its last line; null where it has none. */
  readonly last: number | null;
  /** How long the init took that failed before the invocation; null where no line says so. */
  readonly failedInitMs: number | null;
}

/** What is known when a paste has been read. */
export interface Summary {
  /** Lines pasted. */
  readonly count: number;
  /** Lines read, by whose they are: blank ones are none. */
  readonly signs: Readonly<Record<Sign, number>>;
  /** Whether a line has a form that Lambda, its runtime or Python writes. */
  readonly isTold: boolean;
  readonly findings: readonly ShownFinding[];
  /** The first of them; `runCount` has all. */
  readonly runs: readonly ShownRun[];
  readonly runCount: number;
  /** The pages of the errors that the lines show, first come first. */
  readonly errors: readonly string[];
  /** The articles that tell more. */
  readonly articles: readonly string[];
  /** The first lines that are not known. */
  readonly unknown: readonly ShownLine[];
}

/** How the table is ordered. */
export interface TableOrder {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** The beginning of the ordered table, and what's under it. */
export interface TablePart {
  readonly rows: readonly { readonly row: TableRow; readonly place: LinePlace | null }[];
  readonly count: number;
  readonly sums: Sums;
}

/** What a share would hold. */
export interface MaskedText {
  readonly text: string;
  /** How many different things were masked, by what they are. */
  readonly counts: Readonly<Partial<Record<MaskKind, number>>>;
  readonly lines: number;
}

/** What can be asked of a paste, with its answer. */
export interface Answers {
  read: { ask: { readonly source: PasteSource; readonly errors: readonly ErrorKeys[] }; answer: Summary };
  lines: {
    ask: { readonly sign: Sign | null; readonly from: number; readonly to: number };
    answer: readonly ShownLine[];
  };
  table: { ask: { readonly order: TableOrder | null; readonly most: number }; answer: TablePart };
  csv: { ask: object; answer: string };
  mask: { ask: { readonly words: readonly string[] }; answer: MaskedText | null };
}

export type AskName = keyof Answers;

/** Why a paste isn't read: a sentence of the page's words (`says`). */
export type ReadFaultKey = 'noText' | 'damaged' | 'unreadable' | 'tooLong' | 'tooMany' | 'tooLongHere';

/** A paste that isn't read. */
export class ReadFault extends Error {
  readonly key: ReadFaultKey;

  constructor(key: ReadFaultKey) {
    super(`These lines aren't read: ${key}`);
    this.name = 'ReadFault';
    this.key = key;
  }
}

/** Bytes of a file that were read. */
export interface Progress {
  readonly done: number;
  readonly all: number;
}

/** What the page sends to its worker. */
export interface ToExplainWorker {
  readonly id: number;
  readonly name: AskName;
  readonly ask: Answers[AskName]['ask'];
}

/** What the worker sends back; the first message says that it runs. */
export type FromExplainWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answers[AskName]['answer'] }
  | { readonly type: 'fault'; readonly id: number; readonly key: ReadFaultKey | null };
