/** A function of the reader's as a record (`link/code-record.ts`), and back; and what of it goes along to another platform. */
import { ownValue } from '../../trace/own-value.ts';
import type { Draft } from '../code/drafts.ts';
import { EVENT, SETUP } from '../code/text-names.ts';
import { isBelow, type CodeRecord } from '../link/code-record.ts';
import { LinkFault } from '../link/link-fault.ts';
import { nameToPath, type BenchFolders } from './file-names.ts';
import { benchToText, isReserved, textToBench } from './setup-text.ts';

/** Where the records of functions are opened. */
export const PLAYGROUND = 'playground';

/** What one platform's bench comes with. */
export interface BenchPlace extends BenchFolders {
  readonly platform: string;
  /** Its own texts: the function to begin with, the event and the setup. */
  readonly originals: Draft;
}

/** The record of a function, whole: it reads the same when the bench comes with another one. */
export function textsToRecord(
  texts: Draft,
  { platform, taskRoot, layers, originals }: BenchPlace,
  withVariables: boolean,
): CodeRecord {
  const { handler, timeout, memory, variables } = textToBench(texts[SETUP] ?? originals[SETUP] ?? '');
  const away = Object.keys(originals).filter(
    (name) => isBelow(taskRoot, name) && !Object.hasOwn(texts, name),
  );
  const below = (root: string): [string, string][] =>
    Object.entries(texts).filter(([name]) => isBelow(root, name));
  const inLayers = layers === null ? [] : below(layers);
  return {
    at: PLAYGROUND,
    platform,
    files: Object.fromEntries([...below(taskRoot), ...away.map((name) => [name, null] as const)]),
    handler,
    event: texts[EVENT] ?? '',
    ...(withVariables && Object.keys(variables).length > 0 && { variables }),
    timeout,
    ...(memory !== null && { memory }),
    ...(inLayers.length > 0 && { layers: Object.fromEntries(inLayers) }),
  };
}

/** The texts that a record stands for on its platform's bench. Throws `LinkFault` where that cannot hold them. */
export function recordToTexts(record: CodeRecord, place: BenchPlace): Draft {
  const { platform = place.platform, files = {}, layers = {}, event, start, memory, variables = {} } = record;
  if (platform !== place.platform) throw new LinkFault('platform', platform);
  if (start !== undefined) throw new LinkFault('setting', 'start');
  const { [SETUP]: setup = '', [EVENT]: ownEvent = '', ...own } = place.originals;
  const kept = Object.entries(own).filter(([path]) => ownValue(files, path) === undefined);
  const given = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null);
  const all = [...given, ...Object.entries(layers)];
  let texts: Draft = Object.fromEntries(kept);
  for (const [path, text] of all) {
    const named = nameToPath(path, Object.keys(texts), place);
    if ('fault' in named) throw new LinkFault(named.fault === 'many' ? 'huge' : 'path', path);
    texts = { ...texts, [named.path]: text };
  }
  const bench = textToBench(setup);
  if (memory !== undefined && bench.memory === null) throw new LinkFault('setting', 'memory');
  for (const name of Object.keys(variables)) if (isReserved(name)) throw new LinkFault('setting', name);
  return {
    ...texts,
    [EVENT]: event ?? ownEvent,
    [SETUP]: benchToText({
      handler: record.handler ?? bench.handler,
      timeout: record.timeout ?? bench.timeout,
      memory: memory ?? bench.memory,
      variables,
    }),
  };
}

/**
 * A function as it goes along from one platform to another. Its files do, and what belongs to the way in which a platform calls
 * (the handler's name, and the file that makes a call of the one a call of the other) only between platforms that call alike.
 * `present` is what the other platform's bench holds now.
 */
export function carryTexts(texts: Draft, from: BenchPlace, to: BenchPlace, present: Draft): Draft {
  const isAlike = handlerOf(from.originals) === handlerOf(to.originals);
  const [mine, theirs] = [callingFiles(from), callingFiles(to)];
  const moved = new Map<string, string>();
  for (const [path, text] of Object.entries(texts)) {
    const inLayer = from.layers !== null && isBelow(from.layers, path);
    if (inLayer && to.layers !== null) moved.set(`${to.layers}${path.slice(from.layers.length)}`, text);
    if (inLayer || !isBelow(from.taskRoot, path)) continue;
    const name = path.slice(from.taskRoot.length + 1);
    if (!isAlike && (mine.includes(name) || theirs.includes(name))) continue;
    moved.set(`${to.taskRoot}/${theirs[mine.indexOf(name)] ?? name}`, text);
  }
  const { handler, timeout, memory, variables } = textToBench(texts[SETUP] ?? '');
  const answering = findAnswering(texts, from, handler);
  for (const name of isAlike ? [] : theirs) {
    const path = `${to.taskRoot}/${name}`;
    const text = ownValue(present, path) ?? ownValue(to.originals, path) ?? '';
    moved.set(path, callAnswering(text, answering));
  }
  // What a platform without layers could not take along waits where it was.
  if (from.layers === null && to.layers !== null)
    for (const [path, text] of Object.entries(present)) if (isBelow(to.layers, path)) moved.set(path, text);
  const other = textToBench(present[SETUP] ?? to.originals[SETUP] ?? '');
  return {
    ...Object.fromEntries(moved),
    [EVENT]: texts[EVENT] ?? '',
    [SETUP]: benchToText({
      handler: isAlike ? handler : theirs.length === 0 ? (answering ?? other.handler) : other.handler,
      timeout,
      memory: other.memory === null ? null : (memory ?? other.memory),
      variables,
    }),
  };
}

/** The line by which a file that takes a platform's call imports the function that answers it, under the name that it uses. */
const IMPORT = /^from ([\w.]+) import (?:(\w+) as )?lambda_handler$/m;

/** The function that answers, as `module.function`: by the handler's name, or by the import of what calls it. */
function findAnswering(texts: Draft, place: BenchPlace, handler: string): string | null {
  if (/^[\w./]+\.[A-Za-z_]\w*$/.test(handler) && !handler.endsWith('.py')) return handler;
  for (const name of callingFiles(place)) {
    const [, module, own] = IMPORT.exec(ownValue(texts, `${place.taskRoot}/${name}`) ?? '') ?? [];
    if (module !== undefined) return `${module}.${own ?? 'lambda_handler'}`;
  }
  return null;
}

/** The text of a file that takes a platform's call, with the import of that function. */
function callAnswering(text: string, answering: string | null): string {
  if (answering === null) return text;
  const end = answering.lastIndexOf('.');
  const name = answering.slice(end + 1);
  const as = name === 'lambda_handler' ? name : `${name} as lambda_handler`;
  return text.replace(IMPORT, `from ${answering.slice(0, end).replaceAll('/', '.')} import ${as}`);
}

function handlerOf(originals: Draft): string {
  return textToBench(originals[SETUP] ?? '').handler;
}

/** The files of a bench that are there for its platform alone: all but the module that every one begins with. */
function callingFiles({ originals, taskRoot }: BenchPlace): readonly string[] {
  return Object.keys(originals)
    .filter((path) => isBelow(taskRoot, path))
    .map((path) => path.slice(taskRoot.length + 1))
    .filter((name) => name !== COMMON);
}

/** The module that the function to begin with has on every platform. */
const COMMON = 'lambda_function.py';
