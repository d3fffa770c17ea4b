/**
 * `<copied-status>`: makes the links beside an article's headings copy the section's address, and says so. Where the browser
 * does not let a page copy, the link leads to the section, so that the address can be copied from where it stands.
 */
class CopiedStatus extends HTMLElement {
  #listening = new AbortController();
  #link: HTMLAnchorElement | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener(
      'click',
      (event) => {
        const { target, ctrlKey, metaKey, shiftKey } = event;
        const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a.heading-link') : null;
        if (link === null || ctrlKey || metaKey || shiftKey) return;
        event.preventDefault();
        void this.#copy(link);
      },
      { signal },
    );
    for (const end of ['pointerout', 'focusout'] as const) {
      document.addEventListener(
        end,
        ({ target }) => {
          if (target === this.#link) this.#show(null);
        },
        { signal },
      );
    }
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  async #copy(link: HTMLAnchorElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(link.href);
      this.#show(link);
    } catch {
      location.hash = link.hash;
    }
  }

  /** Says it for ears here and for eyes beside the link, until pointer or focus goes elsewhere. */
  #show(link: HTMLAnchorElement | null): void {
    const { copied = '' } = this.dataset;
    if (this.#link !== null) delete this.#link.dataset.copied;
    if (link !== null) link.dataset.copied = copied;
    this.#link = link;
    this.textContent = link === null ? '' : copied;
  }
}

customElements.define('copied-status', CopiedStatus);
