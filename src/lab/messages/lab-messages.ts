/**
 * `<lab-messages>`: the diagram of what crossed between service, bootstrap and handler. Astro has rendered the
 * recorded run's rows; `runStarted`, `add` and `end` make them those of another run. A row's button asks by `lab-go` for
 * its moment.
 */
import { Messages } from '../../trace/messages.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import { markupToNode, type Tag } from '../markup.ts';
import { rowsToMarkup, type MessageSetting } from './markup.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { RunLog } from '../run-log.ts';
import { toPretty } from '../output/pretty.ts';
import { guardView } from '../view-fault.ts';

/** Characters of bodies that are laid out: three hundred rows may have twenty million. */
const MAX_LAID_OUT = 500_000;

export class LabMessages extends HTMLElement implements MomentPane {
  #listening = new AbortController();
  /** The rows that the page came with. */
  #recorded: readonly Node[] | null = null;
  /** The texts of bodies as they crossed, once they are laid out. */
  readonly #raw = new WeakMap<Element, string>();
  #setting: MessageSetting | null = null;
  #log = new RunLog();
  /** What the log has told so far, and the event that is read next. */
  #messages = new Messages();
  #next = 0;
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

  /** Sets what rows are made with; only another run than the recorded needs it. */
  configure(setting: MessageSetting): void {
    this.#setting = setting;
  }

  /** Shows the recorded run again. */
  restore(): void {
    this.#begin(new RunLog());
    if (this.#recorded !== null) this.#list.replaceChildren(...this.#recorded);
    this.show(null);
    this.#layOut();
  }

  /** A run has started: the diagram is empty, and `add` fills it. */
  runStarted(log: RunLog): void {
    const list = this.#list;
    this.#recorded ??= [...list.childNodes];
    this.#begin(log);
    list.replaceChildren();
  }

  /** The run's log has grown. However many batches arrive, the diagram is drawn once a frame. */
  add(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.end();
    });
  }

  /** Nothing more will come. */
  end(): void {
    guardView(this, () => {
      this.#draw();
    });
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

  #begin(log: RunLog): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.#log = log;
    this.#messages = new Messages();
    this.#next = 0;
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
    if (this.#setting === null) return;
    for (const event of this.#log.from(this.#next)) this.#messages.add(event);
    this.#next = this.#log.length;
    const { length: count } = this.#messages.rows;
    const rows = rowsToMarkup(this.#messages.rows, this.#setting);
    const list = this.#list;
    // Rows that stand there are kept, for a reader may have unfolded one; only the last can still change.
    const last = list.lastElementChild;
    const known = list.childElementCount;
    if (last !== null && !isRow(last, rows[known - 1])) last.remove();
    const missing = rows.slice(list.childElementCount);
    list.append(...missing.map((row) => markupToNode(row, this.ownerDocument)));
    this.#layOut();
    send(this, 'lab-count', { view: 'messages', count });
  }

  /** Bodies as they crossed, or laid out: the first of them, as many as a frame has time for. */
  #layOut(): void {
    const isPretty = this.#isPretty;
    let left = MAX_LAID_OUT;
    for (const body of this.querySelectorAll('.lab-body')) {
      const raw = this.#raw.get(body);
      if (raw === undefined && !isPretty) continue;
      const crossed = raw ?? body.textContent;
      this.#raw.set(body, crossed);
      left -= crossed.length;
      const text = isPretty && left >= 0 ? toPretty(crossed) : crossed;
      if (text !== body.textContent) body.textContent = text;
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
