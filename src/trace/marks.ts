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
  for (const { name, at } of ownCall(events)) if (!marks.has(name)) marks.set(name, at);
  return Array.from(marks, ([name, at]) => ({ name, at })).sort((one, other) => one.at - other.at);
}

/**
 * Where the function's own program is the process, nobody calls into its code and nothing crosses: there the handler is
 * the first function that the program's top level calls.
 */
function ownCall(events: readonly TraceEvent[]): readonly Mark[] {
  const program = events.find((event) => event.kind === 'call' && event.owner === 'handler');
  if (program?.kind !== 'call' || program.caller !== null) return [];
  const called = events.findIndex(
    (event) =>
      event.kind === 'call' &&
      event.owner === 'handler' &&
      event.caller === program.frame &&
      event.name !== '<module>',
  );
  const call = events[called];
  if (call?.kind !== 'call') return [];
  const back = events.findIndex((event) => event.kind === 'return' && event.frame === call.frame);
  return [{ name: 'call', at: called } as const, { name: 'back', at: back } as const].filter(
    ({ at }) => at !== -1,
  );
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
