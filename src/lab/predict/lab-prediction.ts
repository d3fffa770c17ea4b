/**
 * `<lab-prediction>`: the question before the first run, in one line above the output. One press answers it; the answer, a
 * skip, a step or a run shows what the lab has kept back until then, for good.
 */
import { findPart } from '../find-part.ts';
import { fill } from '../words.ts';

/** The class of a lab whose question is open: what would tell the answer is not shown. */
const OPEN = 'is-predicting';

/** The element. */
export class LabPrediction extends HTMLElement {
  #listening = new AbortController();

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener(
      'click',
      (event) => {
        const pressed = event.target instanceof Element ? event.target.closest('button, a') : null;
        if (pressed instanceof HTMLAnchorElement) {
          event.preventDefault();
          this.reveal('');
        } else if (pressed instanceof HTMLButtonElement && pressed.getAttribute('aria-disabled') !== 'true')
          this.#answer(pressed);
      },
      { signal },
    );
    // What is called a button answers to the key of one.
    this.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== ' ' || !(event.target instanceof HTMLAnchorElement)) return;
        event.preventDefault();
        this.reveal('');
      },
      { signal },
    );
    this.#lab?.addEventListener(
      'lab-moment',
      ({ detail: { step } }) => {
        if (step !== null) this.reveal('');
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Shows what was recorded, for good, and takes the question away where it has not been answered. */
  reveal(says: string): void {
    if (this.#lab?.classList.contains(OPEN) !== true) return;
    this.#lab.classList.remove(OPEN);
    const { activeElement } = this.ownerDocument;
    const hadFocus = activeElement !== null && this.contains(activeElement);
    for (const button of this.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
    findPart(this, '.guess-skip', HTMLElement).hidden = true;
    if (says === '') this.hidden = true;
    // What goes away would drop the focus to the top of the page.
    if (says === '' && hadFocus)
      this.#lab.querySelector<HTMLElement>('lab-output > .lab-log')?.focus({ preventScroll: true });
    if (says !== '') findPart(this, '.guess-says', HTMLElement).textContent = says;
  }

  get #lab(): HTMLElement | null {
    return this.closest('lab-root');
  }

  #answer(button: HTMLButtonElement): void {
    const { right = '', answer = '', yes = '', no = '' } = this.dataset;
    button.setAttribute('aria-pressed', 'true');
    this.reveal(fill(button.value === right ? yes : no, { answer }));
  }
}

customElements.define('lab-prediction', LabPrediction);
