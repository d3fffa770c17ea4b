/** The views beside a lab's code: one row of tabs, of which the author has named some; the others are behind More. */
import { findPart } from './find-part.ts';
import { send } from './events.ts';
import {
  VIEWS,
  announces,
  countView,
  hasMore,
  openView,
  shownTabs,
  unfoldMore,
  type Session,
  type ViewName,
} from './session.ts';
import { Tabs, showPanel } from './tabs.ts';

/** Pixels of a lab's width from which Stack stands beside the other views while somebody steps: 80rem. */
const WIDE = 1280;

/** The views of one lab. */
export class LabViews {
  readonly #lab: HTMLElement;
  readonly #tabs: Tabs;
  readonly #more: HTMLButtonElement;
  #isWide = false;
  #session: Session | null = null;

  constructor(lab: HTMLElement, change: (to: (session: Session) => Session) => void, signal: AbortSignal) {
    this.#lab = lab;
    this.#more = findPart(lab, '.lab-more', HTMLButtonElement);
    const list = findPart(lab, '.pane-views [role="tablist"]', HTMLElement);
    const panelOf = (name: string): HTMLElement | null =>
      lab.querySelector<HTMLElement>(`.sheet[data-view="${name}"]`);
    const open = (name: string): void => {
      const view = VIEWS.find((one) => one === name);
      if (view === undefined) return;
      change((session) => openView(session, view));
      send(lab, 'lab-open-view', view);
    };
    this.#tabs = new Tabs({ list, panelOf, chosen: open, signal });
    for (const view of VIEWS) {
      const panel = panelOf(view);
      if (panel !== null) this.#tabs.listenTo(panel, view);
    }
    this.#more.addEventListener(
      'click',
      () => {
        change((session) => unfoldMore(session, !session.view.more));
      },
      { signal },
    );
    lab.addEventListener(
      'lab-count',
      ({ detail: { view, count } }) => {
        change((session) => countView(session, view, count));
      },
      { signal },
    );
    const watch = new ResizeObserver(([entry]) => {
      const isWide = (entry?.contentRect.width ?? 0) >= WIDE;
      if (isWide === this.#isWide) return;
      this.#isWide = isWide;
      if (this.#session !== null) this.show(this.#session);
    });
    watch.observe(lab);
    signal.addEventListener('abort', () => {
      watch.disconnect();
    });
  }

  show(session: Session): void {
    this.#session = session;
    const { view, step } = session;
    const tabs = shownTabs(session);
    const isBeside = this.#isWide && step !== null;
    const open: ViewName = isBeside && view.open === 'stack' ? 'output' : view.open;
    this.#lab.classList.toggle('has-beside', isBeside);
    for (const name of VIEWS) {
      const tab = findPart(this.#lab, `.pane-views [data-tab="${name}"]`, HTMLElement);
      tab.hidden = !tabs.includes(name) || (isBeside && name === 'stack');
      const count = findPart(tab, '.tab-count', HTMLElement);
      count.hidden = !announces(view, name);
      const text = String(view.counts[name]);
      if (count.textContent !== text) count.textContent = text;
    }
    this.#tabs.show(open);
    if (isBeside) {
      const stack = this.#lab.querySelector<HTMLElement>('.sheet[data-view="stack"]');
      if (stack !== null) showPanel(stack, true);
    }
    this.#more.hidden = !hasMore(session);
    this.#more.setAttribute('aria-expanded', String(view.more));
    this.#more.textContent = (view.more ? this.#more.dataset.fewer : this.#more.dataset.more) ?? '';
  }
}
