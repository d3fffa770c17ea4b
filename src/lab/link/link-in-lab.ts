/** What a code link is to one lab: a lab changes texts that it has, and nothing else. */
import { ownValue } from '../../trace/own-value.ts';
import type { Draft } from '../code/drafts.ts';
import { EVENT } from '../code/text-names.ts';
import type { LabData } from '../page-data.ts';
import { isBelow, type CodeRecord } from './code-record.ts';
import { LinkFault } from './link-fault.ts';

/** A lab, as far as a link concerns it. */
export interface LinkedLab {
  /** Its id, and those that it had before it moved. */
  readonly ids: readonly string[];
  readonly platform: string;
  readonly setup: Pick<LabData['setup'], 'handler' | 'timeout' | 'variables' | 'start'>;
  /** The folder where its function is. */
  readonly taskRoot: string;
  /** Its own texts, by name. */
  readonly originals: Draft;
}

/** What a link changes in a lab. */
export interface LinkedChanges {
  readonly texts: Draft;
  readonly step: number | null;
}

/** The changes that a record asks of a lab. Throws `LinkFault` where it asks for more than a lab can do. */
export function recordToChanges(record: CodeRecord, lab: LinkedLab): LinkedChanges {
  const { at, platform = lab.platform, files = {}, event, layers = {}, memory, step = null } = record;
  if (!lab.ids.includes(at)) throw new LinkFault('lab');
  if (platform !== lab.platform) throw new LinkFault('platform', platform);
  const { setup } = lab;
  for (const key of ['start', 'handler', 'timeout'] as const)
    if (record[key] !== undefined && record[key] !== setup[key]) throw new LinkFault('setting', key);
  for (const [name, value] of Object.entries(record.variables ?? {}))
    if (ownValue(setup.variables, name) !== value) throw new LinkFault('setting', 'variables');
  if (memory !== undefined) throw new LinkFault('setting', 'memory');
  if (Object.keys(layers).length > 0) throw new LinkFault('setting', 'layers');
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      if (!isBelow(lab.taskRoot, path)) throw new LinkFault('path', path);
      if (text === null || !Object.hasOwn(lab.originals, path)) throw new LinkFault('file', path);
      return [path, text];
    }),
  );
  return { texts: event === undefined ? texts : { ...texts, [EVENT]: event }, step };
}

/** The record of what a reader has changed in a lab. `elsewhere` are changes that no link carries: files of the runtime. */
export function changesToRecord(
  { texts, step }: LinkedChanges,
  { ids, taskRoot }: Pick<LinkedLab, 'ids' | 'taskRoot'>,
): { readonly record: CodeRecord; readonly elsewhere: readonly string[] } {
  const { [EVENT]: event, ...others } = texts;
  const names = Object.keys(others);
  const files = Object.entries(others).filter(([name]) => isBelow(taskRoot, name));
  const record: CodeRecord = {
    at: ids[0] ?? '',
    ...(files.length > 0 && { files: Object.fromEntries(files) }),
    ...(event !== undefined && { event }),
    ...(step !== null && { step }),
  };
  return { record, elsewhere: names.filter((name) => !isBelow(taskRoot, name)) };
}
