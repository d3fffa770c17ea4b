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
  /** Indices of those that it may have come after, where it's one of several. */
  readonly maybe: readonly number[];
}

/**
 * In which environment each attempt ran: that of its stream, or the only one that was free. Without a stream two that
 * overlap can't have shared one.
 */
export function findEnvironments(drafts: readonly Draft[], emulated: readonly boolean[]): readonly Placed[] {
  const lasts: { index: number; stream: string | null }[] = [];
  const ofStream = new Map<string, number>();
  const spans = drafts.map(spanOf);
  return drafts.map((draft, index): Placed => {
    const { stream } = draft.lane;
    const isNew = draft.initStart !== null || hasInit(draft);
    const begin = (): Placed => {
      lasts.push({ index, stream });
      if (stream !== null) ofStream.set(stream, lasts.length - 1);
      return { environment: lasts.length - 1, isByStream: stream !== null, previous: null, maybe: [] };
    };
    if (isNew || emulated[index] === true) return begin();
    if (stream !== null) {
      const environment = ofStream.get(stream);
      return environment === undefined ? begin() : goOn(environment, true);
    }
    const free: number[] = [];
    for (let place = Math.max(0, lasts.length - MAX_OPEN); place < lasts.length; place += 1) {
      const last = lasts[place];
      if (last?.stream === null && isOver(last.index, index)) free.push(place);
    }
    const [one, other] = free;
    if (other !== undefined || (one === undefined && isLoose(index))) {
      const maybe = free.map((environment) => lasts[environment]?.index ?? 0);
      return { environment: null, isByStream: false, previous: null, maybe };
    }
    if (one === undefined) return begin();
    return goOn(one, false);

    function goOn(environment: number, isByStream: boolean): Placed {
      const last = lasts[environment] as { index: number };
      const previous = last.index;
      last.index = index;
      return { environment, isByStream, previous, maybe: [] };
    }
  });

  /** Whether one attempt was over before the other began, by times where both have them, else by the order of the lines. */
  function isOver(one: number, other: number): boolean {
    const [before, after] = [drafts[one], drafts[other]];
    if (before === undefined || after === undefined) return false;
    const to = spans[one]?.to ?? null;
    const from = spans[other]?.from ?? null;
    if (to !== null && from !== null && (before.start === null || after.start === null))
      return to <= from + 1;
    // Rows may be sorted by request: what ran at the same time was not over.
    if (to !== null && from !== null && to > from + toleranceOf(to, spans[other]?.to ?? null)) return false;
    return before.closed < after.opened;
  }

  /** Whether no environment before it can be said to have been busy: an end isn't there, or the order is another. */
  function isLoose(index: number): boolean {
    const own = spans[index];
    return drafts.slice(Math.max(0, index - MAX_OPEN), index).some((one, place) => {
      if (one.end === null && one.report === null) return true;
      const its = spans[Math.max(0, index - MAX_OPEN) + place];
      return own?.to === null && (own.from ?? Infinity) < (its?.from ?? -Infinity);
    });
  }
}

/** Times may be rounded, and those of whole seconds are. */
function toleranceOf(...times: readonly (number | null)[]): number {
  return times.every((time) => time === null || time % 1000 === 0) ? 1500 : 100;
}

/** Attempts and environments that are looked at for being open or free. */
const MAX_OPEN = 50;

function hasInit({ report, initReports }: Draft): boolean {
  return (report?.initMs ?? null) !== null || initReports.some(({ phase }) => phase === 'init');
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
