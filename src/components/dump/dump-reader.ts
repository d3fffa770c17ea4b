/** Holds one dump, and answers what the page asks of it. It runs in a worker, or in the page where workers are refused. */
import type { ArchiveEntry } from '../../dump/archive-entry.ts';
import { broughtPlatform } from '../../dump/brought-runtime.ts';
import { DUMP_LIMITS, DumpFault } from '../../dump/dump-fault.ts';
import { findRuntime, isCompiledOnly, type FoundRuntime } from '../../dump/find-runtime.ts';
import { importsByFile, type ImportEdge, type ImportKind } from '../../dump/import-graph.ts';
import { nativeParts } from '../../dump/native-parts.ts';
import { entriesToDump, openArchive, type Dump } from '../../dump/open-archive.ts';
import { searchDump } from '../../dump/search-dump.ts';
import type { DiskFiles } from '../../lab/brought-disk.ts';
import { compareWithModel } from './compare-files.ts';
import { orderImports } from './order-imports.ts';
import { MOST_CHARACTERS, MOST_HITS, MOST_IN_LINE, MOST_LINES, MOST_ROWS } from './limits.ts';
import type {
  Answers,
  Asked,
  AskName,
  DroppedFile,
  DumpSource,
  ImportPart,
  ImportRow,
  Progress,
  Summary,
  TextPart,
  ToldFault,
} from './told.ts';

/** What somebody has dropped can't be read, for the browser or the disk refuses it. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** What the page is told of an error of the reader's; null for one that it doesn't know. */
export function toFault(error: unknown): ToldFault | null {
  if (error instanceof DumpFault) return { key: error.key, about: error.about };
  return error instanceof Unreadable ? { key: 'unreadable', about: '' } : null;
}

interface Held extends Dump {
  readonly found: FoundRuntime | null;
  /** Null until somebody asks: to read all imports takes longer than to unpack. */
  graph: Graph | null;
  coming: Promise<Graph> | null;
}

interface Graph {
  readonly edges: readonly ImportEdge[];
  readonly rows: readonly ImportRow[];
}

/** Answers one question after another about the dump that was opened last. */
export class DumpReader {
  #held: Held | null = null;

  async answer(asked: Asked, onProgress: (progress: Progress) => void): Promise<Answers[AskName]['answer']> {
    const { name, ask } = asked;
    if (name === 'open') {
      this.#held = hold(await openSource(ask.source, onProgress));
      return summarize(this.#held);
    }
    const held = this.#held;
    if (held === null) throw new Error('Nothing was opened yet.');
    const { files, found } = held;
    switch (name) {
      case 'text':
        return textPart(held, ask.path, ask.line);
      case 'whole':
        return toText(files.get(ask.path));
      case 'search':
        return searchDump(files, ask.words, MOST_HITS);
      case 'imports':
        return await importPart(held, ask.from, ask.most);
      case 'compare':
        return compareWithModel(files, found, ask.model);
      case 'platform':
        if (found === null) throw new Error('There is no runtime to run.');
        return broughtPlatform(files, found, ask.base);
    }
  }
}

function hold(dump: Dump): Held {
  return { ...dump, found: findRuntime(dump.files), graph: null, coming: null };
}

async function graphOf(held: Held): Promise<Graph> {
  held.coming ??= readGraph(held);
  return (held.graph = await held.coming);
}

/** Milliseconds after which other questions have their turn. */
const BUSY = 30;

async function readGraph({ files, found }: Held): Promise<Graph> {
  const edges: ImportEdge[] = [];
  let began = performance.now();
  for (const own of importsByFile(files)) {
    edges.push(...own);
    if (performance.now() - began < BUSY) continue;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
  return { edges, rows: orderImports(files, found, edges) };
}

function summarize({ files, leftOut, found }: Held): Summary {
  const native = nativeParts(files);
  return {
    files: Array.from(files, ([path, bytes]) => ({ path, bytes: bytes.length })),
    found,
    isCompiledOnly: found === null && isCompiledOnly(files.keys()),
    leftOut: leftOut.slice(0, MOST_ROWS),
    leftOutCount: leftOut.length,
    native: native.slice(0, MOST_ROWS),
    nativeCount: native.length,
  };
}

async function openSource(source: DumpSource, onProgress: (progress: Progress) => void): Promise<Dump> {
  if ('sample' in source) return entriesToDump(sampleEntries(source.sample));
  if ('folder' in source) return entriesToDump(await readFolder(source.folder, onProgress));
  const { archive } = source;
  if (archive.size > DUMP_LIMITS.packed) throw new DumpFault('large', Math.round(DUMP_LIMITS.packed / 1e6));
  const bytes = new Uint8Array(archive.size);
  let done = 0;
  await reading(async () => {
    const reader = archive.stream().getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      bytes.set(read.value, done);
      done += read.value.length;
      onProgress({ done, all: archive.size });
    }
  });
  return openArchive(bytes);
}

function sampleEntries(sample: DiskFiles): ArchiveEntry[] {
  const encoder = new TextEncoder();
  return Object.entries(sample).map(([name, content]) => ({
    name,
    kind: 'file',
    bytes: typeof content === 'string' ? encoder.encode(content) : content,
  }));
}

async function readFolder(
  files: readonly DroppedFile[],
  onProgress: (progress: Progress) => void,
): Promise<ArchiveEntry[]> {
  const all = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > DUMP_LIMITS.files) throw new DumpFault('many', DUMP_LIMITS.files);
  if (all > DUMP_LIMITS.unpacked) throw new DumpFault('large', Math.round(DUMP_LIMITS.unpacked / 1e6));
  const entries: ArchiveEntry[] = [];
  let done = 0;
  for (const { name, file } of files) {
    const bytes = await reading(async () => new Uint8Array(await file.arrayBuffer()));
    entries.push({ name, kind: 'file', bytes });
    done += bytes.length;
    onProgress({ done, all });
  }
  return entries;
}

/** What a browser refuses to read has many errors, which all mean that. */
async function reading<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    throw new Unreadable('The browser cannot read this.', { cause });
  }
}

function toText(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined || bytes.subarray(0, 8000).includes(0) ? null : new TextDecoder().decode(bytes);
}

/** As many lines from one on as are shown at once. */
function textPart({ files, graph }: Held, path: string, line: number): TextPart {
  const importedBy = [
    ...new Set((graph?.edges ?? []).filter(({ to }) => to === path).map(({ from }) => from)),
  ];
  const whole = toText(files.get(path));
  const about = { importedBy: importedBy.slice(0, MOST_ROWS) };
  if (whole === null) return { text: null, first: 1, lines: 0, next: null, ...about };
  const lines = whole.replace(/\n$/, '').split('\n');
  const from = Math.floor((Math.min(Math.max(line, 1), lines.length) - 1) / MOST_LINES) * MOST_LINES;
  const shown: string[] = [];
  let characters = 0;
  for (const one of lines.slice(from, from + MOST_LINES)) {
    const cut = one.length > MOST_IN_LINE ? `${one.slice(0, MOST_IN_LINE)} …` : one;
    characters += cut.length;
    // A page of long lines is a short one, and the line that was asked for is on it.
    if (characters > MOST_CHARACTERS && from + shown.length >= line) break;
    shown.push(cut);
  }
  const next = from + shown.length;
  return {
    text: shown.join('\n'),
    first: from + 1,
    lines: lines.length,
    next: next < lines.length ? next + 1 : null,
    ...about,
  };
}

async function importPart(held: Held, from: number, most: number): Promise<ImportPart> {
  const { edges, rows } = await graphOf(held);
  const modules: Record<ImportKind, Set<string>> = {
    own: new Set(),
    native: new Set(),
    standard: new Set(),
    missing: new Set(),
  };
  for (const { module, kind } of edges) modules[kind].add(module);
  return {
    rows: rows.slice(from, from + most),
    count: rows.length,
    reached: rows.filter(({ depth }) => depth !== null).length,
    modules: {
      own: modules.own.size,
      native: modules.native.size,
      standard: modules.standard.size,
      missing: modules.missing.size,
    },
  };
}
