/**
 * What a page or a picture shows of one step of a run: the frames, the lines around the one that runs, and the value or the
 * error that passes there; at the end what was answered. A lab shows more, and lets one go on.
 */
import { ownValue } from './own-value.ts';
import { leavesProcess, type Outcome, type Owner } from './format.ts';
import type { Recording } from './recording.ts';
import type { Replay } from './replay.ts';

/** A frame of the stack, outermost first. */
export interface ViewFrame {
  readonly name: string;
  /** The path of its file. */
  readonly source: string;
  readonly line: number;
  readonly owner: Owner;
}

/** What passes at a step: the value that a function gives back, or an error on its way. */
export interface PassingNote {
  readonly kind: 'value' | 'error';
  readonly text: string;
}

/** How a run ended. */
export interface ViewEnd {
  readonly outcome: Outcome;
  /** Null where the client got no answer. */
  readonly answer: string | null;
  /** Whether a next invocation would have found the process, or a new one in the same environment, or nothing. */
  readonly life: 'alive' | 'reset' | 'gone';
}

/** One step of a run. */
export interface StopView {
  readonly step: number;
  readonly of: number;
  /** The last one is the one that runs; empty at the end. */
  readonly frames: readonly ViewFrame[];
  /** The text of the last frame's file; null where the recording has none, or no frame is left. */
  readonly text: string | null;
  readonly note: PassingNote | null;
  /** Null before the end. */
  readonly end: ViewEnd | null;
}

/** The text of a file by its path; null for one that the site has no text of, as Python's own library. */
export type ReadText = (path: string) => string | null;

/** What there is to see at a step of a recorded run, which ended so in an environment of that kind. Throws when there is no such step. */
export function stepToView(
  outcome: Outcome,
  kind: Recording['environment'],
  replay: Replay,
  step: number,
  read: ReadText,
): StopView {
  const moment = replay.at(step);
  const { of, stack, value, error } = moment;
  if (moment.kind === 'end')
    return { step, of, frames: [], text: null, note: null, end: outcomeToEnd(outcome, kind) };
  const last = stack.at(-1);
  const text = last === undefined ? null : read(last.source);
  const isEntering = moment.kind === 'call' && last?.name === '<module>' && text !== null;
  const frames = stack.map((frame): ViewFrame => {
    const { name, source, owner } = frame;
    const line = isEntering && frame === last ? firstStatement(text, frame.line) : frame.line;
    return { name, source, line, owner };
  });
  const note: PassingNote | null =
    moment.kind === 'return' && value !== null
      ? { kind: 'value', text: value }
      : moment.kind === 'raise' && error !== null
        ? { kind: 'error', text: error.text }
        : null;
  return { step, of, frames, text, note, end: null };
}

/**
 * The texts of a recording's own files by path: the function's, and those that compiled files were made from, which are on no
 * disk. `image` reads the platform's.
 */
export function textsOf(
  { task, compiledFrom }: Pick<Recording, 'task' | 'compiledFrom'>,
  image: ReadText,
): ReadText {
  const compiled = new Map(Object.values(compiledFrom).map(({ path, text }) => [path, text]));
  return (path) => {
    const content = ownValue(task, path);
    if (content !== undefined && 'text' in content) return content.text;
    return compiled.get(path) ?? image(path);
  };
}

/**
 * The first line from `from` on, counted from 1, that does something. A module is entered at its first line, which is mostly a
 * comment or a docstring. Gives `from` where nothing follows that does more.
 */
export function firstStatement(text: string, from: number): number {
  const lines = text.split('\n');
  let quote: string | null = null;
  for (let number = from; number <= lines.length; number += 1) {
    const line = (lines[number - 1] ?? '').trim();
    if (quote !== null) {
      if (line.includes(quote)) quote = null;
      continue;
    }
    if (line === '' || line.startsWith('#')) continue;
    const opening: string | undefined = /^[rRuU]?("""|''')/.exec(line)?.[1];
    if (opening !== undefined) {
      const rest = line.slice(line.indexOf(opening) + opening.length);
      if (!rest.includes(opening)) quote = opening;
      continue;
    }
    if (/^[rRuU]?(?:"[^"]*"|'[^']*')$/.test(line)) continue;
    return number;
  }
  return from;
}

function outcomeToEnd(outcome: Outcome, kind: Recording['environment']): ViewEnd {
  const isReset = kind === 'reset' && (outcome.status === 'exited' || outcome.status === 'timed-out');
  return {
    outcome,
    answer: 'payload' in outcome ? outcome.payload : null,
    life: leavesProcess(outcome) ? 'alive' : isReset ? 'reset' : 'gone',
  };
}

/** Lines of a file around one of them, each with its number. */
export interface LinesAround {
  readonly first: number;
  /** Without the indent that they share. */
  readonly lines: readonly string[];
}

/** At most so many lines around one, more of them after it than before; no empty ones at the ends, no shared indent. */
export function linesAround(text: string, line: number, count: number): LinesAround {
  const all = text.replace(/\n$/, '').split('\n');
  let first = Math.max(1, Math.min(line - Math.floor((count - 1) / 3), all.length - count + 1));
  let last = Math.min(all.length, first + count - 1);
  const isEmpty = (number: number): boolean => (all[number - 1] ?? '').trim() === '';
  while (first < line && isEmpty(first)) first += 1;
  while (last > line && isEmpty(last)) last -= 1;
  const lines = all.slice(first - 1, last);
  const indent = Math.min(
    ...lines.filter((one) => one.trim() !== '').map((one) => one.length - one.trimStart().length),
  );
  return { first, lines: lines.map((one) => one.slice(Number.isFinite(indent) ? indent : 0)) };
}
