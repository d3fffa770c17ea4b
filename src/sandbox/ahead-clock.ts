/**
 * A world whose clock runs ahead: it goes on by itself, and a sleep moves it on at once by all that it would have taken. So
 * a run of eleven seconds is seen within five, while the page's own limit counts by the clock outside.
 */
import type { World } from './world.ts';

export interface AheadWorld extends World {
  /** Moves the clock on, by milliseconds. */
  readonly skip: (milliseconds: number) => void;
}

/** Puts a whole process or worker, Python included, ahead of the machine by what is skipped; `world` is what it had before. */
export function aheadWorld(
  process: { readonly Date: Pick<DateConstructor, 'now'>; readonly performance: Pick<Performance, 'now'> },
  world: World,
): AheadWorld {
  const dateNow = process.Date.now.bind(process.Date);
  const performanceNow = process.performance.now.bind(process.performance);
  let ahead = 0;
  let alarm: { readonly at: number; readonly ring: () => void } | null = null;
  const elapsed = (): number => performanceNow() + ahead;
  const ringIfDue = (): void => {
    if (alarm === null || elapsed() < alarm.at) return;
    const { ring } = alarm;
    alarm = null;
    ring();
  };
  // An alarm is heard at each look at the clock: what neither looks nor sleeps is ended from outside.
  process.Date.now = () => {
    ringIfDue();
    return Math.floor(dateNow() + ahead);
  };
  process.performance.now = () => {
    ringIfDue();
    return elapsed();
  };
  return {
    ...world,
    now: () => {
      ringIfDue();
      return world.now() + ahead;
    },
    skip: (milliseconds) => {
      // Not past an alarm that nobody has heard yet.
      ahead += Math.min(milliseconds, alarm === null ? Infinity : Math.max(0, alarm.at - elapsed()));
      ringIfDue();
    },
    alarm: (milliseconds, ring) => {
      const mine = (alarm = { at: elapsed() + milliseconds, ring });
      return () => {
        if (alarm === mine) alarm = null;
      };
    },
    goesOn: true,
  };
}
