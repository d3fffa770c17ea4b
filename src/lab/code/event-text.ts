/**
 * Whether the event is JSON, and what shows that it is not: a mark at its place while it is edited, and a sentence
 * once somebody wants to run with it.
 */
import { checkEvent, type EventFault } from './check-event.ts';
import { findPart } from '../find-part.ts';
import type { LabCode } from './lab-code.ts';
import { LabEditable } from './lab-editable.ts';
import { EVENT } from './text-names.ts';
import { fill, type LabWords } from '../words.ts';

/** Milliseconds without a change after which what stands there is taken for meant. */
const PAUSE = 500;

/** The event of one lab. */
export class LabEvent {
  readonly #code: LabCode;
  readonly #event: LabEditable;
  readonly #words: LabWords['edit'];
  readonly #sentence: HTMLElement;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(lab: Element, code: LabCode, words: LabWords['edit'], signal: AbortSignal) {
    this.#code = code;
    this.#event = findPart(lab, `lab-editable[data-name="${EVENT}"]`, LabEditable);
    this.#words = words;
    this.#sentence = findPart(lab, '.lab-fault', HTMLElement);
    signal.addEventListener('abort', () => {
      clearTimeout(this.#pause);
    });
  }

  /** Null when it can be run with; else the sentence, which then stands below it, and the reader is led to the place. */
  check(): string | null {
    clearTimeout(this.#pause);
    const fault = checkEvent(this.#event.text);
    this.#tell(fault);
    this.#event.markFault(fault?.offset ?? null);
    if (fault === null) return null;
    this.#code.turnToOwn(EVENT);
    void this.#event.edit(fault.offset ?? 0);
    return this.#sentence.textContent;
  }

  /** The text has changed. What is right again is so at once; what has become wrong may only be half written. */
  follow(): void {
    clearTimeout(this.#pause);
    const fault = checkEvent(this.#event.text);
    if (fault === null || !this.#sentence.hidden) this.#tell(fault);
    if (fault === null) this.#event.markFault(null);
    else {
      this.#pause = setTimeout(() => {
        this.#event.markFault(fault.offset);
      }, PAUSE);
    }
  }

  #tell(fault: EventFault | null): void {
    this.#sentence.hidden = fault === null;
    this.#sentence.textContent = fault === null ? '' : this.#faultToText(fault);
  }

  #faultToText({ line, column, message }: EventFault): string {
    return line === null || column === null
      ? fill(this.#words.badEvent, { message })
      : fill(this.#words.badEventAt, { line, column });
  }
}
