/**
 * A row of tabs as the ARIA Authoring Practices have it: one tab is in the page's Tab order, the arrow keys, Home and End
 * move among them and choose at once, and each tab names the panel that it shows. Panels that are closed are
 * `hidden="until-found"`, so that the browser's own search finds and opens them.
 * https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */

export interface TabsOptions {
  /** The element with the role `tablist`; its tabs carry `data-tab`. */
  readonly list: HTMLElement;
  /** The panel of a tab, by the tab's name. */
  readonly panelOf: (name: string) => HTMLElement | null;
  /** Called when the reader chooses a tab, or finds something in its panel. */
  readonly chosen: (name: string) => void;
  readonly signal: AbortSignal;
}

/** One row of tabs. It asks by `chosen`, and shows what it is told by `show`. */
export class Tabs {
  readonly #options: TabsOptions;

  constructor(options: TabsOptions) {
    this.#options = options;
    const { list, chosen, signal } = options;
    list.addEventListener(
      'click',
      ({ target }) => {
        const tab = target instanceof Element ? target.closest<HTMLElement>('[data-tab]') : null;
        if (tab !== null) chosen(tab.dataset.tab ?? '');
      },
      { signal },
    );
    list.addEventListener(
      'keydown',
      (event) => {
        const { key, target } = event;
        const tabs = this.#tabs.filter((tab) => !tab.hidden);
        const at = tabs.findIndex((tab) => tab === target);
        const to = at === -1 ? undefined : tabs[indexByKey(key, at, tabs.length) ?? -1];
        if (to === undefined) return;
        event.preventDefault();
        chosen(to.dataset.tab ?? '');
        to.focus();
      },
      { signal },
    );
  }

  /** Opens a tab's panel and closes the others. */
  show(open: string): void {
    for (const tab of this.#tabs) {
      const name = tab.dataset.tab ?? '';
      const isOpen = name === open;
      tab.setAttribute('aria-selected', String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
      const panel = this.#options.panelOf(name);
      if (panel !== null) showPanel(panel, isOpen);
      if (isOpen) revealSoon(tab);
    }
  }

  /** Lets the browser's search open this panel. */
  listenTo(panel: HTMLElement, name: string): void {
    panel.addEventListener(
      'beforematch',
      () => {
        this.#options.chosen(name);
      },
      { signal: this.#options.signal },
    );
  }

  get #tabs(): readonly HTMLElement[] {
    return [...this.#options.list.querySelectorAll<HTMLElement>('[data-tab]')];
  }
}

/** Opens or closes a panel. A browser that does not know `until-found` hides it like any other. */
export function showPanel(panel: HTMLElement, isOpen: boolean): void {
  if (isOpen) panel.removeAttribute('hidden');
  else if (panel.getAttribute('hidden') !== 'until-found') panel.setAttribute('hidden', 'until-found');
}

/** The tabs that the next frame brings into sight. */
const hidden = new Set<HTMLElement>();

/**
 * Brings a tab into sight within its row, and moves nothing else: `scrollIntoView` would move the page, too. All rows are
 * measured at once: a lab that measured its own while it starts would lay the whole page out anew, for each lab of a page.
 */
function revealSoon(tab: HTMLElement): void {
  hidden.add(tab);
  if (hidden.size > 1) return;
  requestAnimationFrame(() => {
    const moves = [...hidden].map((one) => [one.parentElement, placeInRow(one)] as const);
    hidden.clear();
    for (const [list, place] of moves) if (list !== null && place !== null) list.scrollLeft = place;
  });
}

/** How far a tab's row is to be scrolled for it; null when the tab is in sight. */
function placeInRow(tab: HTMLElement): number | null {
  const list = tab.parentElement;
  if (list === null || list.scrollWidth <= list.clientWidth) return null;
  const start = tab.offsetLeft - list.offsetLeft;
  const end = start + tab.offsetWidth;
  if (start < list.scrollLeft) return start;
  return end > list.scrollLeft + list.clientWidth ? end - list.clientWidth : null;
}

function indexByKey(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
