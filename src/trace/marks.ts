/** Which moments do runs on different platforms have in common? The phases, and the handler's own. */
import type { TraceEvent } from './format.ts';
import { eventsToMessages, type MessageRow } from './messages.ts';

/** In the order in which most platforms come to them. `answer` is the report of an error as well. */
export const MARKS = ['init', 'load', 'wait', 'invoke', 'call', 'back', 'answer'] as const;

export type MarkName = (typeof MARKS)[number];

/** A moment of a run, by the index of its event. */
export interface Mark {
  readonly name: MarkName;
  readonly at: number;
}

/** The marks of a run, each at its first event, in the order in which they came. */
export function eventsToMarks(events: readonly TraceEvent[]): readonly Mark[] {
  const marks = new Map<MarkName, number>();
  for (const row of eventsToMessages(events)) {
    const name = rowToMark(row);
    if (name !== null && !marks.has(name)) marks.set(name, row.at);
  }
  return Array.from(marks, ([name, at]) => ({ name, at }));
}

const PHASES = {
  init: 'init',
  wait: 'wait',
  invoke: 'invoke',
  respond: 'answer',
  'report-error': 'answer',
} as const;

function rowToMark(row: MessageRow): MarkName | null {
  if (row.kind === 'phase') return PHASES[row.phase];
  if (row.kind === 'call') return row.what === '<module>' ? 'load' : 'call';
  if (row.kind !== 'return' && row.kind !== 'raise') return null;
  return row.what === '<module>' ? null : 'back';
}
