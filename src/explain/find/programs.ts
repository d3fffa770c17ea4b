/** What did the program log itself, whose frames are these, and which Python is it? */
import type { Finding, ReadLine } from '../explanation.ts';
import { textIn } from '../facts.ts';
import { pathPython } from '../frame-owner.ts';
import { indicesOf, linesOf, shown, type Context } from './context.ts';

/** What doesn't come from the platform: frames, tracebacks of the program, its extensions and tools. */
export function findPrograms(context: Context): readonly Finding[] {
  const { lines } = context;
  const at: At[] = [];
  lines.forEach((line, index) => {
    if (!line.isCopy) at.push({ line, index });
  });
  const faults = indicesOf(lines, ({ isCopy, kind }) => !isCopy && kind === 'logging-error');
  return [
    ...findLogged(context, at),
    ...say('logging-fault', faults),
    ...findExtensions(at),
    ...findFrames(at),
    ...findPython(at),
  ];
}

/** Keys of a logged exception in the JSON of loggers. */
export const TELLS_STACK =
  /"?(?:errorType|stackTrace|exc_info|exception(?:_name)?|stack_trace)"?\s*:|Traceback/;

interface At {
  readonly line: ReadLine;
  readonly index: number;
}

function say(
  id: Finding['id'],
  lines: readonly number[],
  values: Finding['values'] = {},
): readonly Finding[] {
  return lines.length === 0 ? [] : [shown(id, { ...values, count: lines.length }, null, lines)];
}

/** Whether a logger gave a line the level of an error, or a higher one. */
export function isErrorLevel(fields: ReadLine['fields']): boolean {
  return /^(?:ERROR|CRITICAL|FATAL|EXCEPTION)$/i.test(textIn(fields, 'level') ?? '');
}

/** Tracebacks that the program or a library logged: the invocation goes on after them. */
function findLogged({ lines, traced }: Context, at: readonly At[]): readonly Finding[] {
  const logged: number[] = [];
  const printed: number[] = [];
  const stacks: number[] = [];
  let lastOther: ReadLine | null = null;
  let isFaulty = false;
  /** Its traceback is a part of the same event. */
  let lastLogged: number | null = null;
  for (const { line, index } of at) {
    if (line.kind === 'your-traceback' && !isOfAnother(lines, index) && line.event !== lastLogged) {
      const isOfLog = lastOther?.kind === 'your-log' || lastOther?.kind === 'your-json';
      if (lastOther?.kind === 'logging-error') isFaulty = true;
      else if (isOfLog && lines[index - 1] === lastOther) logged.push(index);
      else if (!isFaulty && lines[index + 1]?.fields.owner !== 'tool') printed.push(index);
    } else if (line.kind === 'your-json' && isErrorLevel(line.fields) && TELLS_STACK.test(line.text)) {
      logged.push(index);
      lastLogged = line.event;
    }
    if (!OF_A_TRACEBACK.has(line.kind)) lastOther = line;
  }
  const first = at.find(({ line }) => line.kind === 'frame');
  const hasHead = at.some(({ line }) =>
    ['traceback', 'your-traceback', 'error', 'error-json', 'exception', 'payload'].includes(line.kind),
  );
  const isToYours = at.some(({ line }) => line.kind === 'frame' && line.fields.owner === 'yours');
  if (first !== undefined && !hasHead && isToYours && first.line.fields.owner === 'runtime')
    stacks.push(first.index);
  const those = new Set(logged);
  const runs = traced.filter(({ run }) => run.lines.some((index) => those.has(index)));
  const proof = [...logged, ...runs.flatMap(({ report }) => linesOf(report))];
  return [
    ...(logged.length === 0 ? [] : [shown('logged-exception', { count: logged.length }, null, proof)]),
    ...say('printed-traceback', printed),
    ...say('logged-stack', stacks),
  ];
}

/** Whether a traceback is a part of one: another one led to it, or it's in a group. */
function isOfAnother(lines: readonly ReadLine[], index: number): boolean {
  let last = index - 1;
  while (lines[last]?.kind === 'error-text') last -= 1;
  const before = lines[last]?.kind;
  // Right below a frame's source a group's own traceback begins.
  const isInside = ['source', 'carets', 'frame'].includes(lines[index - 1]?.kind ?? '');
  return before === 'chain' || before === 'group-rule' || isInside;
}

const OF_A_TRACEBACK: ReadonlySet<ReadLine['kind']> = new Set([
  'frame',
  'source',
  'carets',
  'left-out-lines',
  'exception',
  'error-text',
  'chain',
  'group-rule',
  'your-traceback',
]);

function findExtensions(at: readonly At[]): readonly Finding[] {
  const bad = at.filter(
    ({ line }) => line.kind === 'extension-log' && /\bERROR\b|\berror\b|Error:/.test(line.text),
  );
  return say(
    'extension-trouble',
    bad.map(({ index }) => index),
  );
}

function findFrames(at: readonly At[]): readonly Finding[] {
  // An answer and a log often show the same frames.
  const places = new Map<string, At>();
  for (const one of at) {
    const { kind, fields } = one.line;
    if (kind !== 'frame') continue;
    const place = [fields.file, fields.line, fields.function].join(' ');
    if (!places.has(place)) places.set(place, one);
  }
  // Where a syntax error is isn't a call, and a tool's frames are another finding's.
  const frames = [...places.values()].filter(
    ({ line: { fields } }) => fields.function !== undefined && fields.owner !== 'tool',
  );
  if (frames.length === 0) return [];
  const count = (owner: string): number => frames.filter(({ line }) => line.fields.owner === owner).length;
  const yours = count('yours');
  const lines = frames.map(({ index }) => index);
  const values = { library: count('library'), stdlib: count('stdlib'), runtime: count('runtime') };
  if (yours === 0) return [shown('frames-not-yours', values, null, lines)];
  return [shown('frames', { yours, ...values }, null, lines)];
}

function findPython(at: readonly At[]): readonly Finding[] {
  const versions = new Map<string, number[]>();
  for (const { line, index } of at) {
    const file = textIn(line.fields, 'file');
    const version = textIn(line.fields, 'python') ?? (file === null ? null : pathPython(file));
    if (version === null) continue;
    const known = versions.get(version);
    if (known === undefined) versions.set(version, [index]);
    else known[Math.min(known.length, 8)] = index;
  }
  return [...versions].map(([version, lines]) => shown('python', { version }, null, lines));
}
