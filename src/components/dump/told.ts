/** What the page asks of the dump that a worker holds, and what it's told: plain data, and never more than is drawn. */
import type { Base, BroughtPlatform } from '../../dump/brought-runtime.ts';
import type { DumpFaultKey } from '../../dump/dump-fault.ts';
import type { FoundRuntime } from '../../dump/find-runtime.ts';
import type { ImportKind } from '../../dump/import-graph.ts';
import type { NativePart } from '../../dump/native-parts.ts';
import type { LeftOut } from '../../dump/open-archive.ts';
import type { Hits } from '../../dump/search-dump.ts';
import type { DiskFiles } from '../../lab/brought-disk.ts';

/** A file of a dropped folder, by its path in it. */
export interface DroppedFile {
  readonly name: string;
  readonly file: File;
}

/** Where a dump comes from: an archive, a folder's files, or files that the site has itself. */
export type DumpSource =
  { readonly archive: File } | { readonly folder: readonly DroppedFile[] } | { readonly sample: DiskFiles };

/** A file, without what it holds. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}

/** What is known when a dump has been opened. */
export interface Summary {
  readonly files: readonly ListedFile[];
  readonly found: FoundRuntime | null;
  /** There is one, as compiled files alone. */
  readonly isCompiledOnly: boolean;
  /** The first of them; `leftOutCount` has all. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutCount: number;
  readonly native: readonly NativePart[];
  readonly nativeCount: number;
}

/** A piece of a file's text, as much as is shown at once. */
export interface TextPart {
  /** Null where the file is no text. */
  readonly text: string | null;
  /** The number of its first line, from 1. */
  readonly first: number;
  /** The lines of the whole file. */
  readonly lines: number;
  /** The first line of the next piece; null at the end. */
  readonly next: number | null;
  /** Files that import this one, as far as the imports have been read. */
  readonly importedBy: readonly string[];
}

/** One module that a file imports. */
export interface ShownImport {
  readonly module: string;
  readonly kind: ImportKind;
  readonly to: string | null;
  readonly line: number;
}

/** A file with what it imports. */
export interface ImportRow {
  readonly path: string;
  /** Imports between the runtime's beginning and this file; null for one that no import leads to. */
  readonly depth: number | null;
  readonly imports: readonly ShownImport[];
}

/** The rows from one place on. */
export interface ImportPart {
  readonly rows: readonly ImportRow[];
  /** Python files, which are the rows in all, and how many of them the runtime comes to by its imports. */
  readonly count: number;
  readonly reached: number;
  /** Different modules that are imported, by what they turned out to be. */
  readonly modules: Readonly<Record<ImportKind, number>>;
}

/** How a file of the dump is beside the model's of that name. */
export interface ComparedFile {
  /** The path that both have, below their folders. */
  readonly name: string;
  /** Null where one side has no such file. */
  readonly own: string | null;
  readonly model: string | null;
  readonly isSame: boolean;
}

/** What can be asked of a dump, with its answer. */
export interface Answers {
  open: { ask: { readonly source: DumpSource }; answer: Summary };
  text: { ask: { readonly path: string; readonly line: number }; answer: TextPart };
  whole: { ask: { readonly path: string }; answer: string | null };
  search: { ask: { readonly words: string }; answer: Hits };
  imports: { ask: { readonly from: number; readonly most: number }; answer: ImportPart };
  compare: { ask: { readonly model: DiskFiles }; answer: readonly ComparedFile[] };
  platform: { ask: { readonly base: Base }; answer: BroughtPlatform };
}

export type AskName = keyof Answers;

/** A question with its name, one type for each. */
export type Asked = {
  [Name in AskName]: { readonly name: Name; readonly ask: Answers[Name]['ask'] };
}[AskName];

/** Bytes that were read. */
export interface Progress {
  readonly done: number;
  readonly all: number;
}

/** Why something isn't opened: a `DumpFault`, or that the browser can't read it. */
export interface ToldFault {
  readonly key: DumpFaultKey | 'unreadable';
  readonly about: string;
}

/** What the page sends to its worker. */
export type ToDumpWorker = Asked & { readonly id: number };

/** What the worker sends back. */
export type FromDumpWorker =
  // It has come to life: a policy refuses a worker without an exception, by an event that has no name.
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answers[AskName]['answer'] }
  | { readonly type: 'fault'; readonly id: number; readonly fault: ToldFault | null };
