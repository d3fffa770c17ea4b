/**
 * `<site-search>`: opens the search by its button, by `/` outside of fields, by Ctrl+K or ⌘K outside of an editor. The dialog
 * is fetched when it is asked for. Every page loads this file: it has no word too many.
 */
class SiteSearch extends HTMLElement {
  connectedCallback(): void {
    this.firstElementChild?.addEventListener('click', () => void this.#open());
    addEventListener('keydown', (event) => {
      if (!isAsking(event)) return;
      event.preventDefault();
      void this.#open();
    });
  }

  async #open(): Promise<void> {
    if (this.ariaBusy) return;
    this.ariaBusy = 'true';
    // What is typed before the field is there.
    let typed = '';
    const hold = (event: KeyboardEvent): void => {
      if (event.key.length > 1 || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      typed += event.key;
    };
    addEventListener('keydown', hold, true);
    try {
      const { openSearch } = await import('./search-dialog.ts');
      await openSearch(this, () => typed);
    } catch {
      const note = document.createElement('div');
      note.className = 'new-version';
      note.role = 'alert';
      note.popover = 'auto';
      this.append(note);
      note.showPopover();
      note.append(this.dataset.away ?? '');
    }
    this.ariaBusy = null;
    removeEventListener('keydown', hold, true);
  }
}

function isAsking(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
  // The editor is in a shadow tree, of which an event's target is the host.
  const target = event.composedPath()[0] as Element;
  if (defaultPrevented || altKey) return false;
  if (ctrlKey || metaKey) return key === 'k' && !target.closest('.cm-editor');
  return key === '/' && !target.closest('input,select,textarea,dialog,[contenteditable]') && isSlashOn();
}

function isSlashOn(): boolean {
  try {
    return localStorage.getItem('search:slash') !== 'off';
  } catch {
    return true;
  }
}

customElements.define('site-search', SiteSearch);
