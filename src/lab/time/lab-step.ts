/**
 * `<lab-step>`: a sentence of the prose that belongs to a stop of a lab. Its link leads the lab there by the page's
 * address; this shows, by `aria-current`, that the lab stands there.
 */
import { findPart } from '../find-part.ts';

class LabStep extends HTMLElement {
  #listening = new AbortController();

  connectedCallback(): void {
    this.#listening = new AbortController();
    const link = findPart(this, 'a', HTMLAnchorElement);
    const { lab, stop } = this.dataset;
    this.ownerDocument.addEventListener(
      'lab-moment',
      ({ detail }) => {
        if (detail.lab !== lab) return;
        if (detail.stop === stop) link.setAttribute('aria-current', 'step');
        else link.removeAttribute('aria-current');
      },
      { signal: this.#listening.signal },
    );
    // Following the link that the address names already is no change of the address.
    link.addEventListener(
      'click',
      (event) => {
        if (!event.defaultPrevented && link.hash === location.hash)
          dispatchEvent(new HashChangeEvent('hashchange'));
      },
      { signal: this.#listening.signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }
}

customElements.define('lab-step', LabStep);
