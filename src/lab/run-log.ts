/**
 * What has happened in a run so far: its events in their order. It only grows; each view keeps the place up to which it
 * has read, and folds nothing twice.
 */
import type { TraceEvent } from '../trace/format.ts';

/** The events of one run. */
export class RunLog {
  readonly #events: TraceEvent[] = [];

  constructor(events: readonly TraceEvent[] = []) {
    this.add(events);
  }

  /** All of them. The same array at every call, which grows. */
  get events(): readonly TraceEvent[] {
    return this.#events;
  }

  get length(): number {
    return this.#events.length;
  }

  /** Appends a batch. It may be a large one, so it is not spread. */
  add(batch: readonly TraceEvent[]): void {
    for (const event of batch) this.#events.push(event);
  }

  /** Those from a place on; a reader that has read them all is at `length`. */
  from(place: number): readonly TraceEvent[] {
    return place >= this.#events.length ? [] : this.#events.slice(place);
  }
}
