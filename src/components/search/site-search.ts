/**
 * `<site-search>`: opens the search by its button, by `/` outside of fields, by Ctrl+K or ⌘K outside of an editor. The dialog
 * is fetched when it is asked for.
 */
class SiteSearch extends HTMLElement {
  #listening = new AbortController();

  connectedCallback(): void {
    const button = this.querySelector('button');
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const open = async (): Promise<void> => {
      const { openSearch } = await import('./search-dialog.ts');
      openSearch(this);
    };
    button?.addEventListener('click', () => void open(), { signal });
    addEventListener(
      'keydown',
      (event) => {
        if (!isAsking(event)) return;
        event.preventDefault();
        void open();
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }
}

function isAsking(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (event.defaultPrevented || altKey || !(target instanceof Element)) return false;
  if (key === 'k') return ctrlKey !== metaKey && !shiftKey && target.closest('.cm-editor') === null;
  const isWriting = target.closest(
    'input, select, textarea, dialog, [contenteditable=""], [contenteditable="true"]',
  );
  return key === '/' && !ctrlKey && !metaKey && isWriting === null && isSlashOn();
}

function isSlashOn(): boolean {
  try {
    return localStorage.getItem('search:slash') !== 'off';
  } catch {
    return true;
  }
}

customElements.define('site-search', SiteSearch);
