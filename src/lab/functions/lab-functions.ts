/**
 * `<lab-functions>`: the bar of the functions that a reader keeps. What works there comes at the first sign that somebody wants it,
 * or at once where the bench holds a function that is kept.
 */
import { findStorage } from '../code/drafts.ts';
import { send } from '../events.ts';
import { bringPart } from '../part-missing.ts';
import type { KeptFunctions, LoadTest } from './kept-functions.ts';
import { PRESENT } from './present-key.ts';

/** Signs that a reader wants something of it. */
const SIGNS = ['pointerenter', 'focusin', 'click'] as const;

let loadTest: LoadTest = () => Promise.resolve(null);

/** Says where the tests of the platforms come from. */
export function loadTestsFrom(load: LoadTest): void {
  loadTest = load;
}

/** The element. */
class LabFunctions extends HTMLElement {
  #listening = new AbortController();
  #coming: Promise<KeptFunctions | null> | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    this.#coming = null;
    const { signal } = this.#listening;
    const bring = async (pressed: EventTarget | null): Promise<void> => {
      this.#coming ??= this.#bring();
      try {
        const come = await this.#coming;
        if (!signal.aborted) come?.press(pressed);
      } catch {
        // The next sign brings it, if it can be had by then.
        this.#coming = null;
        const lab = this.closest('lab-playground')?.querySelector('lab-root:not([hidden])');
        if (pressed !== null && lab instanceof HTMLElement) send(lab, 'lab-no-part');
      }
    };
    for (const sign of SIGNS)
      this.addEventListener(sign, ({ type, target }) => void bring(type === 'click' ? target : null), {
        signal,
      });
    // A link's code is told apart from the reader's own.
    if (isKept() || /~|%7E/i.test(location.hash)) void bring(null);
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  async #bring(): Promise<KeptFunctions | null> {
    const { KeptFunctions } = await bringPart(() => import('./kept-functions.ts'), 'kept-functions');
    return KeptFunctions.begin(this, loadTest, this.#listening.signal);
  }
}

function isKept(): boolean {
  try {
    return typeof findStorage(window)?.getItem(PRESENT) === 'string';
  } catch {
    return false;
  }
}

customElements.define('lab-functions', LabFunctions);
