/**
 * Which kept function the bench holds: its id, and the state of it that was opened. Kept in the browser beside the bench's draft,
 * so that a reload goes on with both.
 */
import { findStorage } from '../code/drafts.ts';
import type { CodeRecord } from '../link/code-record.ts';
import type { KeptFunction } from './function-store.ts';

/** A kept function, as far as a bench has to know it. */
export type PresentFunction = Pick<KeptFunction, 'id' | 'name' | 'revision'>;

/** Where the browser keeps it. */
export const PRESENT = 'function';

/** The function that the bench's draft is of; null where it is of none, or where the browser keeps nothing. */
export function loadPresent(): PresentFunction | null {
  try {
    const value: unknown = JSON.parse(findStorage(window)?.getItem(PRESENT) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { id, name, revision } = value as Partial<Record<string, unknown>>;
    return typeof id === 'string' && typeof name === 'string' && typeof revision === 'number'
      ? { id, name, revision }
      : null;
  } catch {
    return null;
  }
}

/** Keeps it as long as the browser does; where it does not, the bench's draft is gone after a reload as well. */
export function keepPresent(present: PresentFunction | null): void {
  try {
    const storage = findStorage(window);
    if (present === null) {
      storage?.removeItem(PRESENT);
      return;
    }
    const { id, name, revision } = present;
    const text = JSON.stringify({ id, name, revision });
    // Another tab hears of each write.
    if (storage?.getItem(PRESENT) !== text) storage?.setItem(PRESENT, text);
  } catch {
    // It is saved under its name all the same.
  }
}

/** Whether two records say the same, whatever the order of their keys. */
export function isSameRecord(one: CodeRecord, other: CodeRecord): boolean {
  return toText(one) === toText(other);
}

function toText(record: CodeRecord): string {
  return JSON.stringify(record, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
