/** What the page keeps of an environment's disk: the files that are left when the platform resets it. */
import type { TraceEvent } from '../trace/format.ts';
import type { Files } from './protocol.ts';

/** The files after some events; the same value when no event is about them. A file that no event brought is lost. */
export function keepFiles(
  files: Files,
  events: readonly TraceEvent[],
  blobs: Readonly<Record<string, Uint8Array>>,
): Files {
  const changes = events.filter((event) => event.kind === 'file');
  if (changes.length === 0) return files;
  const kept = new Map(Object.entries(files));
  for (const { path, blob } of changes) {
    const bytes = blob !== null && Object.hasOwn(blobs, blob) ? blobs[blob] : undefined;
    if (bytes === undefined) kept.delete(path);
    else kept.set(path, bytes);
  }
  // Not by assignment: reader code may name a file anything.
  return Object.fromEntries(kept);
}

/** Those that lie in one of the folders. */
export function filesIn(files: Files, folders: readonly string[]): Files {
  const within = Object.entries(files).filter(([path]) =>
    folders.some((folder) => path.startsWith(`${folder}/`)),
  );
  return Object.fromEntries(within);
}
