/**
 * `<site-menu>`: keeps the keyboard inside the header while its menu is open. Opening, closing, Escape and the way
 * back to the button are the browser's own (`popover`), so the menu works before and without this script; what a
 * popover does not do is to keep Tab from walking on into the page that it covers.
 */
const WIDE = '(width >= 64rem)';

class SiteMenu extends HTMLElement {
  #listening = new AbortController();

  connectedCallback(): void {
    const menu = this.querySelector<HTMLElement>('[popover]');
    if (menu === null) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const close = (): void => {
      if (menu.matches(':popover-open')) menu.hidePopover();
    };
    menu.addEventListener(
      'toggle',
      (event) => {
        this.#setCovered(event.newState === 'open');
      },
      { signal },
    );
    // A wide page shows the menu's content in its header; and a page that is come back to begins without it.
    matchMedia(WIDE).addEventListener('change', close, { signal });
    addEventListener('pagehide', close, { signal });
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    this.#setCovered(false);
  }

  /** All of the page but the header cannot be reached while the menu covers it. */
  #setCovered(covered: boolean): void {
    const header = this.closest('header');
    for (const part of document.body.children) {
      if (part !== header && part instanceof HTMLElement) part.inert = covered;
    }
  }
}

customElements.define('site-menu', SiteMenu);
