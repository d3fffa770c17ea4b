/** The files that a lab runs: the function's, those of the runtime that the reader has changed, and as they were made. */
import type { Files } from '../sandbox/protocol.ts';
import { contentToFile } from '../trace/file-content.ts';
import { ownValue } from '../trace/own-value.ts';
import type { Draft } from './code/drafts.ts';
import { EVENT, SETUP } from './code/text-names.ts';
import type { LabData } from './page-data.ts';

/** The files of the disk that are the function's, and those of the runtime that the reader has changed. */
export function filesOf(
  { task, places, bench }: LabData,
  taken: Draft,
): { readonly task: Files; readonly image: Readonly<Record<string, string>> } {
  const isImage = (name: string): boolean => Object.hasOwn(places.image, name);
  const image = Object.fromEntries(Object.entries(taken).filter(([name]) => isImage(name)));
  if (bench !== undefined) {
    const files = Object.entries(taken).filter(([name]) => name.startsWith('/') && !isImage(name));
    return { task: Object.fromEntries(files), image };
  }
  return {
    task: Object.fromEntries(
      Object.entries(task).map(([path, content]) => [path, ownValue(taken, path) ?? contentToFile(content)]),
    ),
    image,
  };
}

/** The lab's texts as they were made: files that are text, and the event. */
export function originalsOf({ task, recorded, bench }: LabData): Record<string, string> {
  const texts = Object.entries(task).flatMap(([path, content]) =>
    'text' in content ? [[path, content.text] as const] : [],
  );
  return {
    ...Object.fromEntries(texts),
    [EVENT]: recorded.beginning.event,
    ...(bench !== undefined && { [SETUP]: bench.setup }),
  };
}
