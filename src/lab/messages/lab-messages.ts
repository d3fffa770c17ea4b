/**
 * `<lab-messages>`: the diagram of what crossed between service, bootstrap and handler. Astro has rendered the
 * recorded run's rows; `runStarted`, `add` and `end` make them those of another run. A row's button asks by `lab-go` for
 * its moment.
 */
import { eventsToMessages } from '../../trace/messages.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import { markupToNode, type Tag } from '../markup.ts';
import { rowsToMarkup } from './message-markup.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { RunLog } from '../run-log.ts';
import { toPretty } from '../output/pretty.ts';
import type { LabWords } from '../words.ts';

export class LabMessages extends HTMLElement implements MomentPane {
  #listening = new AbortController();
  /** The rows that the page came with. */
  #recorded: readonly Node[] | null = null;
  /** The texts of bodies as they crossed, once they are laid out. */
  readonly #raw = new WeakMap<Element, string>();
  #words: LabWords['messages'] | null = null;
  #log = new RunLog();
  #frame: number | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const button = findPart(this, '.lab-pretty', HTMLButtonElement);
    button.addEventListener(
      'click',
      () => {
        button.setAttribute('aria-pressed', String(!this.#isPretty));
        this.#layOut();
      },
      { signal },
    );
    this.addEventListener(
      'click',
      ({ target }) => {
        const go = target instanceof HTMLButtonElement ? target.closest<HTMLElement>('[data-at]') : null;
        if (go === null) return;
        const at = Number(go.dataset.at);
        send(this, 'lab-go', (replay) => replay.stepOfEvent(at));
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** The words that rows are made of; they come with the page, and only another run than the recorded needs them. */
  set words(words: LabWords['messages']) {
    this.#words = words;
  }

  /** Shows the recorded run again. */
  restore(): void {
    this.#log = new RunLog();
    this.end();
    if (this.#recorded !== null) this.#list.replaceChildren(...this.#recorded);
    this.show(null);
    this.#layOut();
  }

  /** A run has started: the diagram is empty, and `add` fills it. */
  runStarted(log: RunLog): void {
    const list = this.#list;
    this.#recorded ??= [...list.childNodes];
    this.#log = log;
    list.replaceChildren();
  }

  /** The run's log has grown. However many batches arrive, the diagram is drawn once a frame. */
  add(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#draw();
    });
  }

  /** Nothing more will come. */
  end(): void {
    this.#draw();
  }

  /** Marks the last row that has happened at a moment; null marks none. */
  show(shown: Shown | null): void {
    const events = shown?.moment.events ?? Infinity;
    const rows = [...this.#list.querySelectorAll<HTMLElement>(':scope > [data-at]')];
    const hasHappened = ({ dataset }: HTMLElement): boolean => Number(dataset.at) < events;
    const current = shown === null ? undefined : rows.findLast(hasHappened);
    for (const row of rows) {
      row.classList.toggle('is-later', !hasHappened(row));
      if (row === current) row.setAttribute('aria-current', 'step');
      else row.removeAttribute('aria-current');
    }
  }

  get #list(): HTMLOListElement {
    return findPart(this, 'ol', HTMLOListElement);
  }

  get #isPretty(): boolean {
    return findPart(this, '.lab-pretty', HTMLButtonElement).getAttribute('aria-pressed') === 'true';
  }

  #draw(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    if (this.#words === null) return;
    const rows = rowsToMarkup(eventsToMessages(this.#log.events), this.#words);
    const list = this.#list;
    // Rows that stand there are kept, for a reader may have unfolded one; only the last can still change.
    const last = list.lastElementChild;
    const known = list.childElementCount;
    if (last !== null && !isRow(last, rows[known - 1])) last.remove();
    const missing = rows.slice(list.childElementCount);
    list.append(...missing.map((row) => markupToNode(row, this.ownerDocument)));
    this.#layOut();
    send(this, 'lab-count', { view: 'messages', count: rows.length });
  }

  #layOut(): void {
    for (const body of this.querySelectorAll('.lab-body')) {
      const raw = this.#raw.get(body) ?? body.textContent;
      this.#raw.set(body, raw);
      body.textContent = this.#isPretty ? toPretty(raw) : raw;
    }
  }
}

/** Whether an element stands for a row as it is now. */
function isRow(element: Element, row: Tag | undefined): boolean {
  const { 'data-at': at, 'data-kind': kind } = row?.attributes ?? {};
  return (
    at !== undefined && element.getAttribute('data-at') === at && element.getAttribute('data-kind') === kind
  );
}

customElements.define('lab-messages', LabMessages);
