/**
 * `<copied-status>`: makes the links beside an article's headings copy the section's address, and a page's button its
 * Markdown, and says so. Where the browser does not let a page copy, a heading's link leads to the section, so that the address
 * can be copied from where it stands; beside the button there is a link to the Markdown.
 */
class CopiedStatus extends HTMLElement {
  #listening = new AbortController();
  #shown: HTMLElement | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener(
      'click',
      (event) => {
        const { target, ctrlKey, metaKey, shiftKey } = event;
        if (!(target instanceof Element) || ctrlKey || metaKey || shiftKey) return;
        const link = target.closest<HTMLAnchorElement>('a.heading-link');
        const button = target.closest<HTMLButtonElement>('.copy-page > button');
        if (link !== null) {
          event.preventDefault();
          void this.#copyAddress(link);
        } else if (button !== null) void this.#copyPage(button);
      },
      { signal },
    );
    for (const end of ['pointerout', 'focusout'] as const) {
      document.addEventListener(
        end,
        ({ target }) => {
          if (target === this.#shown) this.#show(null);
        },
        { signal },
      );
    }
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  async #copyAddress(link: HTMLAnchorElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(link.href);
      this.#show(link);
    } catch {
      location.hash = link.hash;
    }
  }

  async #copyPage(button: HTMLButtonElement): Promise<void> {
    try {
      // The clipboard is asked before the text is there: some browsers allow it only while the click is still going on.
      const text = fetchPlain(button.parentElement?.querySelector('a')?.href ?? '');
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
      this.#show(button);
    } catch {
      this.#show(button, button.dataset.failed);
    }
  }

  /** Says it for ears here and for eyes beside what was pressed, until pointer or focus goes elsewhere. */
  #show(pressed: HTMLElement | null, sentence = this.dataset.copied ?? ''): void {
    if (this.#shown !== null) delete this.#shown.dataset.copied;
    if (pressed !== null) pressed.dataset.copied = sentence;
    this.#shown = pressed;
    this.textContent = pressed === null ? '' : sentence;
  }
}

async function fetchPlain(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  return new Blob([await response.text()], { type: 'text/plain' });
}

customElements.define('copied-status', CopiedStatus);
