/**
 * `<lab-group>`: several labs of which one is shown: an example on several platforms, or several cases. Each is a whole lab
 * with an id of its own; an address that names one of them shows it, and a switch of the platform takes the reader's changes
 * along where the other lab has none of its own.
 */
import { LabRoot } from './lab-root.ts';
import { Tabs, showPanel } from './tabs.ts';
import { staysInSight } from './walk/stays-in-sight.ts';

/** The element. */
export class LabGroup extends HTMLElement {
  #listening = new AbortController();
  #tabs: Tabs | null = null;
  /** The platform that the reader has asked for last: a case that lacks it does not make it forgotten. */
  #platform: string | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const list = this.querySelector<HTMLElement>('.bench-cases');
    if (list !== null) {
      this.#tabs = new Tabs({
        list,
        panelOf: () => null,
        chosen: (example) => {
          this.#chooseCase(example);
        },
        signal,
      });
    }
    this.addEventListener(
      'lab-choose',
      ({ detail }) => {
        const from = this.#open;
        const to = this.#labs.find(({ id }) => id === detail);
        if (to === undefined || to === from) return;
        if (from !== undefined && exampleOf(from) === exampleOf(to)) to.takeTexts(from.changedTexts);
        this.#platform = platformOf(to);
        this.#show(to);
        to.querySelector<HTMLElement>('.bench-platform select')?.focus({ preventScroll: true });
      },
      { signal },
    );
    for (const lab of this.#labs) {
      lab.addEventListener(
        'beforematch',
        () => {
          this.#show(lab);
        },
        { signal },
      );
    }
    const follow = (): void => {
      const [, name] = /^#([^/~%]+)/.exec(location.hash) ?? [];
      const named = this.#labs.find(({ id }) => id === name);
      if (named === undefined) return;
      this.#platform = platformOf(named);
      if (named === this.#open) return;
      this.#show(named);
      if (!staysInSight(named)) named.scrollIntoView({ block: 'nearest' });
    };
    // Before the lab itself goes to the moment that the address names: it has to be in sight by then.
    addEventListener('hashchange', follow, { signal, capture: true });
    addEventListener('popstate', follow, { signal, capture: true });
    follow();
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Shows one of its labs. */
  open(lab: LabRoot): void {
    this.#platform = platformOf(lab);
    this.#show(lab);
  }

  /** The lab that is shown. */
  get shown(): LabRoot | undefined {
    return this.#open;
  }

  get #labs(): readonly LabRoot[] {
    return [...this.querySelectorAll('lab-root')].filter((lab) => lab instanceof LabRoot);
  }

  get #open(): LabRoot | undefined {
    return this.#labs.find((lab) => !lab.hasAttribute('hidden'));
  }

  /** Another case, on the platform that is shown where it is recorded there. */
  #chooseCase(example: string): void {
    const labs = this.#labs.filter((lab) => exampleOf(lab) === example);
    const open = this.#open;
    const platform = this.#platform ?? (open === undefined ? '' : platformOf(open));
    const lab = labs.find((one) => platformOf(one) === platform) ?? labs[0];
    if (lab !== undefined) this.#show(lab);
  }

  #show(lab: LabRoot): void {
    const before = this.#open;
    for (const other of this.#labs) showPanel(other, other === lab);
    if (before !== undefined && before !== lab) before.putAway();
    this.#tabs?.show(exampleOf(lab));
  }
}

function exampleOf({ id }: Element): string {
  return id.split('--')[0] ?? '';
}

function platformOf({ id }: Element): string {
  return id.split('--')[1] ?? '';
}

customElements.define('lab-group', LabGroup);
