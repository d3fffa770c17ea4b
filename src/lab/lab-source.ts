/**
 * `<lab-source>`: a file of the platform, opened from a frame. Its text is that of the file's own page, which
 * is also where the frame's link leads without this element.
 */
import { findPart } from './find-part.ts';

export class LabSource extends HTMLElement {
  #listening = new AbortController();
  /** What had the focus before: closing gives it back. */
  #from: HTMLElement | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    findPart(this, '.lab-close', HTMLButtonElement).addEventListener(
      'click',
      () => {
        this.close();
      },
      { signal },
    );
    this.addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Escape') this.close();
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Opens the page at `href` at the line that its fragment names. Rejects when it cannot be fetched. */
  async open(href: string, path: string, from: HTMLElement): Promise<void> {
    const url = new URL(href, document.baseURI);
    const shown = this.dataset.path === path;
    if (!shown) {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url.pathname} answered ${String(response.status)}.`);
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const block = page.querySelector('main pre.code');
      if (block === null) throw new Error(`${url.pathname} holds no code.`);
      // The lines keep their numbers; their ids belong to the page that they come from.
      for (const line of block.querySelectorAll('[id]')) line.removeAttribute('id');
      findPart(this, '.lab-source-text', HTMLElement).replaceChildren(document.adoptNode(block));
      this.dataset.path = path;
      findPart(this, '.lab-source-path', HTMLElement).textContent = path;
    }
    this.hidden = false;
    this.#from = from;
    this.#mark(Number(/\d+$/.exec(url.hash)?.[0] ?? '1'));
  }

  close(): void {
    this.hidden = true;
    this.#from?.focus();
    this.#from = null;
  }

  #mark(number: number): void {
    const block = findPart(this, 'pre.code', HTMLPreElement);
    for (const line of block.querySelectorAll('.is-marked')) line.classList.remove('is-marked');
    const line = block.querySelector<HTMLElement>(`[data-line="${String(number)}"]`);
    line?.classList.add('is-marked');
    block.focus({ preventScroll: true });
    if (line !== null) block.scrollTop = line.offsetTop - block.clientHeight / 3;
    this.scrollIntoView({ block: 'nearest' });
  }
}

customElements.define('lab-source', LabSource);
