/** In which environment did each attempt run, and which came before it there? */
import type { Draft } from './collect.ts';

/** Where an attempt ran. */
export interface Placed {
  /** Counts from 0; null where it may be one of several. */
  readonly environment: number | null;
  /** By a stream's name, and not by what was free. */
  readonly isByStream: boolean;
  /** Index of the attempt before. */
  readonly previous: number | null;
}

/**
 * In which environment each attempt ran: that of its stream, or the only one that was free. Without a stream two that
 * overlap can't have shared one.
 */
export function findEnvironments(drafts: readonly Draft[], emulated: readonly boolean[]): readonly Placed[] {
  const lasts: { index: number; stream: string | null }[] = [];
  const ofStream = new Map<string, number>();
  return drafts.map((draft, index): Placed => {
    const { stream } = draft.lane;
    const isNew = draft.initStart !== null || hasInit(draft);
    const begin = (): Placed => {
      lasts.push({ index, stream });
      if (stream !== null) ofStream.set(stream, lasts.length - 1);
      return { environment: lasts.length - 1, isByStream: stream !== null, previous: null };
    };
    if (isNew || emulated[index] === true) return begin();
    if (stream !== null) {
      const environment = ofStream.get(stream);
      return environment === undefined ? begin() : goOn(environment, true);
    }
    const recent = Math.max(0, lasts.length - MAX_OPEN);
    const free = lasts.slice(recent).flatMap((last, place) => {
      const before = drafts[last.index];
      const isFree = last.stream === null && before !== undefined && isOver(before, draft);
      return isFree ? [recent + place] : [];
    });
    const [one, other] = free;
    if (other !== undefined || (one === undefined && isLoose(drafts, draft, index))) {
      return { environment: null, isByStream: false, previous: null };
    }
    if (one === undefined) return begin();
    return goOn(one, false);

    function goOn(environment: number, isByStream: boolean): Placed {
      const last = lasts[environment] as { index: number };
      const previous = last.index;
      last.index = index;
      return { environment, isByStream, previous };
    }
  });
}

/** Whether no environment before it can be said to have been busy: an end isn't there, or the order is another. */
function isLoose(drafts: readonly Draft[], draft: Draft, index: number): boolean {
  const before = drafts.slice(Math.max(0, index - MAX_OPEN), index);
  return before.some((one) => {
    if (one.end === null && one.report === null) return true;
    const [its, own] = [spanOf(one), spanOf(draft)];
    return own.to === null && own.from !== null && its.from !== null && own.from < its.from;
  });
}

/** Attempts and environments that are looked at for being open or free. */
const MAX_OPEN = 50;

function hasInit({ report, initReports }: Draft): boolean {
  return (report?.initMs ?? null) !== null || initReports.some(({ phase }) => phase === 'init');
}

/** Whether one attempt was over before the other began, by times where both have them, else by the order of the lines. */
function isOver(one: Draft, other: Draft): boolean {
  const to = spanOf(one).to;
  const from = spanOf(other).from;
  if (to !== null && from !== null && (one.start === null || other.start === null)) return to <= from + 1;
  return one.closed < other.opened;
}

/** A time from and to, in ms. */
export interface Span {
  readonly from: number | null;
  readonly to: number | null;
}

/** When an attempt began and ended: after a failed init START is logged late, so END minus Duration says when. */
export function spanOf({ start, end, report, initReports }: Draft): Span {
  const to = end?.time ?? report?.time ?? null;
  const duration = report?.durationMs ?? null;
  if (to !== null && duration !== null) return { from: to - duration, to };
  return { from: initReports.length > 0 ? null : (start?.time ?? null), to };
}
