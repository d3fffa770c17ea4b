/** Days and seconds as calendars count them: proleptic Gregorian, without leap seconds, in the range of C's `struct tm`. */

/** A moment's place in the calendar; the same fields as C's `struct tm`, a year as people write it, months from 0. */
export interface CalendarTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export const DAY = 86_400;

/** Days of 400 years, after which the calendar repeats itself. */
const CYCLE_DAYS = 146_097;
/** From the first of March of the year 0 to 1970. */
const DAYS_BEFORE_1970 = 719_468;

/** Days from 1970 to a date. Months and days that are none in their year count on, as they do in C. */
export function daysFrom1970(year: number, month: number, day: number): number {
  // A year that begins in March has its leap day at its end.
  const months = year * 12 + month - 2;
  const shifted = Math.floor(months / 12);
  const cycle = Math.floor(shifted / 400);
  const yearOfCycle = shifted - cycle * 400;
  const dayOfYear = Math.floor((153 * (months - shifted * 12) + 2) / 5) + day - 1;
  const dayOfCycle =
    yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear;
  return cycle * CYCLE_DAYS + dayOfCycle - DAYS_BEFORE_1970;
}

/** Seconds from 1970 to a time of the calendar, as if it were UTC. */
export function secondsFrom1970({ year, month, day, hour, minute, second }: CalendarTime): number {
  return daysFrom1970(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
}

/** What a calendar shows so many seconds after 1970, in UTC. */
export function calendarAt(seconds: number): CalendarTime {
  const days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  const shifted = days + DAYS_BEFORE_1970;
  const cycle = Math.floor(shifted / CYCLE_DAYS);
  const dayOfCycle = shifted - cycle * CYCLE_DAYS;
  const yearOfCycle = Math.floor(
    (dayOfCycle -
      Math.floor(dayOfCycle / 1460) +
      Math.floor(dayOfCycle / 36_524) -
      Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = (fromMarch + 2) % 12;
  return {
    year: cycle * 400 + yearOfCycle + (month < 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
  };
}

/** The day of the week of a day after 1970, from 0 for Sunday. */
export function weekday(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}
