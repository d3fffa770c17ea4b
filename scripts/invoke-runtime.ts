/** A runtime that somebody brings to `npm run invoke`: its folder or archive, read and made a platform of. */
import { glob, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import words from '../content/ui/en.json' with { type: 'json' };
import { broughtPlatform, platformOf, type BroughtNote } from '../src/dump/brought-runtime.ts';
import { noteToSentence, broughtNoteToSentence } from '../src/dump/note-sentences.ts';
import { DumpFault } from '../src/dump/dump-fault.ts';
import { findRuntime, isCompiledOnly, type FoundRuntime } from '../src/dump/find-runtime.ts';
import type { ArchiveEntry } from '../src/dump/archive-entry.ts';
import { entriesToDump, openArchive, type Dump } from '../src/dump/open-archive.ts';
import { readBroughtHarness, readPlatform } from '../src/integrations/platforms.ts';
import type { PlatformDescription } from '../src/platforms/description.ts';
import type { Files } from '../src/sandbox/protocol.ts';
import { contentsToFiles } from '../src/trace/file-content.ts';
import { eventsToNotes, type RecordedRun } from '../src/trace/format.ts';

/** The runtime cannot be run; the message is one sentence. */
export class BadRuntime extends Error {
  override name = 'BadRuntime';
}

export interface BroughtRuntime {
  readonly found: FoundRuntime;
  /** The platform whose disk and service it runs on. */
  readonly platform: string;
  readonly description: PlatformDescription;
  readonly image: Files;
  /** What is to be known before it runs, in sentences. */
  readonly notes: readonly string[];
}

/** `place` is a folder or an archive; `name` is what the person called it. Rejects with BadRuntime. */
export async function readRuntime(place: string, name: string): Promise<BroughtRuntime> {
  const dump = await readDump(place, name);
  const found = findRuntime(dump.files);
  if (found === null && isCompiledOnly(dump.files.keys()))
    throw new BadRuntime(`--runtime ${name}: ${words.dump.notRun.compiled}`);
  if (found === null)
    throw new BadRuntime(
      `--runtime ${name}: there is no Lambda runtime for Python in it, which is a folder awslambdaric with __main__.py and bootstrap.py, awslambda/bootstrap.py, or a bootstrap.py that speaks to the Runtime API.`,
    );
  const base = platformOf(found);
  const { description, files } = await readPlatform(base);
  const brought = broughtPlatform(dump.files, found, {
    description,
    files: contentsToFiles(files),
    harness: await readBroughtHarness(),
  });
  if (!brought.runs) throw new BadRuntime(`--runtime ${name}: ${words.dump.notRun[brought.reason]}`);
  return {
    found,
    platform: base,
    description: brought.platform,
    image: brought.image,
    notes: brought.notes.map((note: BroughtNote) => broughtNoteToSentence(note, words.dump.notes)),
  };
}

/** What a run's runtime asked for and did not get, in sentences. */
export function notesOfRun({ events }: RecordedRun): readonly string[] {
  return eventsToNotes(events).map((note) => noteToSentence(note, words.dump.notes));
}

async function readDump(place: string, name: string): Promise<Dump> {
  const status = await stat(place).catch(() => null);
  if (status === null)
    throw new BadRuntime(`--runtime ${name}: there is no such folder, and no such archive.`);
  try {
    return status.isDirectory()
      ? entriesToDump(await readEntries(place))
      : openArchive(await readFile(place));
  } catch (error) {
    if (!(error instanceof DumpFault)) throw error;
    throw new BadRuntime(
      `--runtime ${name} cannot be opened (${error.key}${error.about === '' ? '' : `: ${error.about}`}): name a folder, or a zip, tar or tar.gz that is whole.`,
    );
  }
}

async function readEntries(folder: string): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  for await (const entry of glob('**', { cwd: folder, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).replaceAll(path.sep, '/');
    if (entry.isSymbolicLink()) entries.push({ name, kind: 'link' });
    else if (entry.isFile()) entries.push({ name, kind: 'file', bytes: await readFile(file) });
  }
  return entries;
}

/** One frame, and whose code it is. */
export interface ToldFrame {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly owner: string;
}

/** The stack when the handler was first called: from the outermost frame to the handler's; empty where it never was. */
export function stackAtHandler({ events }: RecordedRun): readonly ToldFrame[] {
  const frames = new Map<number, ToldFrame & { readonly caller: number | null }>();
  for (const event of events) {
    if (event.kind === 'line') {
      const frame = frames.get(event.frame);
      if (frame !== undefined) frames.set(event.frame, { ...frame, line: event.line });
    } else if (event.kind === 'call') {
      const { source: file, line, name, owner, caller } = event;
      frames.set(event.frame, { file, line, name, owner, caller });
      if (owner === 'handler' && name !== '<module>') return stackOf(event.frame, frames);
    }
  }
  return [];
}

function stackOf(
  top: number,
  frames: ReadonlyMap<number, ToldFrame & { readonly caller: number | null }>,
): ToldFrame[] {
  const stack: ToldFrame[] = [];
  let at: number | null = top;
  while (at !== null) {
    const frame = frames.get(at);
    if (frame === undefined) break;
    const { caller, ...told } = frame;
    stack.unshift(told);
    at = caller;
  }
  return stack;
}
