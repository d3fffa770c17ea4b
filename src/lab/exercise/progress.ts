/** Which exercises has a reader tried, and solved? Kept in their browser alone, where that keeps anything. */
import { ownValue } from '../../trace/own-value.ts';
import { findStorage } from '../code/drafts.ts';

/** How far a reader has come with an exercise. */
export type Standing = 'tried' | 'solved';

const KEY = 'exercises';

/** How far the reader has come with each exercise, by its id. */
export function readStandings(storage = findStorage(window)): Readonly<Record<string, Standing>> {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(
        (entry): entry is [string, Standing] => entry[1] === 'tried' || entry[1] === 'solved',
      ),
    );
  } catch {
    return {};
  }
}

/** Keeps how far the reader has come; what was solved once stays solved. */
export function keepStanding(id: string, standing: Standing, storage = findStorage(window)): void {
  const standings = readStandings(storage);
  if (ownValue(standings, id) === 'solved') return;
  try {
    storage?.setItem(KEY, JSON.stringify({ ...standings, [id]: standing }));
  } catch {
    // A browser that keeps nothing has no progress to show.
  }
}

/** Forgets all of it. */
export function forgetStandings(storage = findStorage(window)): void {
  try {
    storage?.removeItem(KEY);
  } catch {
    // What cannot be touched was not kept either.
  }
}
