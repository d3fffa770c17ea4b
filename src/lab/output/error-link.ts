/**
 * The way from the answer of a run to its error's page in the catalogue. The page has it for the recorded run; for one of the
 * reader's it is looked up when the run has ended, and where the list of errors cannot be had there is no link.
 */
import type { Outcome, TraceEvent } from '../../trace/format.ts';
import { findPart } from '../find-part.ts';

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
    try {
      const { findError } = await import('./find-error.ts');
      const address = await findError({ events, outcome }, this.#platform, this.#list);
      // On the error's own page a link would lead nowhere.
      if (address === null || address === location.pathname || wanted !== this.#wanted) return;
      this.#link.href = address;
      this.#link.hidden = false;
    } catch {
      // Offline, the answer speaks for itself.
    }
  }
}
