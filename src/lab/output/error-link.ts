/**
 * The way from the answer of a run to its error's page in the catalogue. The page has it for the recorded run; for one of the
 * reader's the list of errors is fetched when a run has ended in one, and without it there is no link.
 */
import { errorOfRun, hasTrouble } from '../../catalogue/error-of-run.ts';
import type { ErrorKeys } from '../../catalogue/match-error.ts';
import type { Outcome, TraceEvent } from '../../trace/format.ts';
import { findPart } from '../find-part.ts';

/** An error as the list has it. */
interface ListedError extends ErrorKeys {
  readonly address: string;
}

export class ErrorLink {
  readonly #link: HTMLAnchorElement;
  readonly #recorded: { readonly href: string; readonly isHidden: boolean };
  readonly #platform: string;
  readonly #list: string;
  #wanted = 0;

  /** `list` is the address of the list of errors. */
  constructor(lab: Element, platform: string, list: string) {
    this.#link = findPart(lab, '.lab-about-error', HTMLAnchorElement);
    this.#recorded = { href: this.#link.href, isHidden: this.#link.hasAttribute('hidden') };
    this.#platform = platform;
    this.#list = list;
  }

  /** A run has begun: how it ends is open. */
  hide(): void {
    this.#wanted += 1;
    this.#link.hidden = true;
  }

  /** The recorded run is shown again. */
  restore(): void {
    this.#wanted += 1;
    this.#link.href = this.#recorded.href;
    this.#link.hidden = this.#recorded.isHidden;
  }

  /** A run of the reader's has ended. Never rejects. */
  async find(events: readonly TraceEvent[], outcome: Outcome): Promise<void> {
    this.hide();
    const wanted = this.#wanted;
    if (outcome.status === 'limited' || outcome.status === 'crashed' || !hasTrouble({ events, outcome }))
      return;
    try {
      const response = await fetch(this.#list);
      if (!response.ok) return;
      const errors = (await response.json()) as readonly ListedError[];
      const found = errorOfRun({ events, outcome }, this.#platform, errors);
      if (found === null || wanted !== this.#wanted) return;
      this.#link.href = found.address;
      this.#link.hidden = false;
    } catch {
      // Offline, the answer speaks for itself.
    }
  }
}
