/**
 * Which kept function the bench holds: its id, and the state of it that was opened. The browser keeps it beside the bench's draft,
 * so that a reload goes on with both.
 */
import { findStorage } from '../code/drafts.ts';
import type { CodeRecord } from '../link/code-record.ts';
import type { KeptFunction } from './function-store.ts';
import { PRESENT } from './present-key.ts';

/** A kept function, as far as a bench has to know it. */
type Known = Pick<KeptFunction, 'id' | 'name' | 'revision'>;

/** A function on the bench; `saved` is its record as it was opened or saved, where that is known. */
interface OnBench {
  readonly known: Known;
  readonly saved: CodeRecord | null;
}

/** The kept function that the bench holds, or none. */
export class PresentFunction {
  #now: OnBench | null = null;
  /** What was there before a function was opened, by the sentence that the bench's own Undo stands beside. */
  #before: { readonly sentence: string; readonly was: OnBench | null } | null = null;

  get known(): Known | null {
    return this.#now?.known ?? null;
  }

  /** Whether the bench's record is another one than was opened or saved. True as well where that is not known. */
  isUnsaved(record: CodeRecord): boolean {
    const saved = this.#now?.saved ?? null;
    return saved === null || !isSameRecord(saved, record);
  }

  /** Takes over what the browser has kept. */
  load(): void {
    const known = readKnown();
    this.#now = known === null ? null : { known, saved: null };
  }

  /** From now on the bench holds this function as it is kept, or none. */
  set(kept: KeptFunction | null): void {
    this.#now = kept === null ? null : { known: kept, saved: kept.record };
    this.keep();
  }

  /** The same, where the bench can take it back. */
  setByOpening(kept: KeptFunction, sentence: string): void {
    this.#before = { sentence, was: this.#now };
    this.set(kept);
  }

  /** Follows the bench's Undo where it is for the opening of a function: then the one before is there again. */
  takeBack(sentence: string): void {
    if (this.#before?.sentence !== sentence) return;
    this.#now = this.#before.was;
    this.#before = null;
    this.keep();
  }

  /** Does something that may leave none, and gives a way back to the one that is there now. */
  get wayBack(): () => void {
    const was = this.#now;
    return () => {
      if (this.#now !== null) return;
      this.#now = was;
      this.keep();
    };
  }

  /** Writes down that the bench's draft is of this function. Where the browser keeps nothing, the draft is not kept either. */
  keep(): void {
    try {
      const storage = findStorage(window);
      if (this.#now === null) storage?.removeItem(PRESENT);
      else {
        const { id, name, revision } = this.#now.known;
        storage?.setItem(PRESENT, JSON.stringify({ id, name, revision } satisfies Known));
      }
    } catch {
      // It is kept under its name all the same.
    }
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

function readKnown(): Known | null {
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
