/** All invocations beside each other, in the order that the reader chooses, with what they come to; the whole of it as CSV. */
import { copyText } from '../../lab/copy-text.ts';
import { makeElement } from '../../lab/make-element.ts';
import { fill, fillPlural } from '../../lab/words.ts';
import { SHOWN_COLUMNS, type ShownColumn, type Sum, type Sums, type TableRow } from '../../explain/table.ts';
import type { ExplainWords } from './page-data.ts';
import type { PasteHost } from './paste-host.ts';
import type { LinePlace, TableOrder, TablePart } from './told.ts';
import { runName, writeClock, writeNumber, writeShare } from './write.ts';

/** Rows at first, and how many more a press brings. */
const FIRST = 50;
const MORE = 200;

/** The part of the page with the table. */
export class RunsTable {
  readonly root = makeElement(document, 'section', 'explain-runs');
  readonly #host: PasteHost;
  readonly #words: ExplainWords;
  readonly #language: string;
  readonly #goTo: (place: LinePlace) => void;
  readonly #table = makeElement(document, 'table', 'runs-table');
  readonly #after = makeElement(document, 'div', 'explain-note');
  #order: TableOrder | null = null;
  #most = FIRST;

  constructor(host: PasteHost, words: ExplainWords, language: string, goTo: (place: LinePlace) => void) {
    this.#host = host;
    this.#words = words;
    this.#language = language;
    this.#goTo = goTo;
    const { table, result } = words.page;
    const title = makeElement(document, 'h2', 'explain-small', table.title);
    title.id = 'explain-runs';
    this.root.setAttribute('aria-labelledby', title.id);
    this.#table.setAttribute('aria-labelledby', title.id);
    const status = makeElement(document, 'span', 'explain-note');
    status.role = 'status';
    const copy = makeElement(document, 'button', 'button is-quiet', table.csv);
    copy.type = 'button';
    copy.addEventListener('click', () => {
      const say = (sentence: string): void => {
        status.textContent = sentence;
      };
      void this.#host.ask('csv', {}).then((csv) => copyText(csv, say, result));
    });
    const acts = makeElement(document, 'span', 'explain-acts');
    acts.append(status, copy);
    const head = makeElement(document, 'div', 'explain-part-head');
    head.append(title, acts);
    this.#table.append(this.#drawHead());
    this.root.append(head, this.#table, this.#after);
    void this.#draw();
  }

  #drawHead(): HTMLElement {
    const head = document.createElement('thead');
    const row = document.createElement('tr');
    for (const column of SHOWN_COLUMNS) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.dataset.column = column;
      const button = makeElement(document, 'button', 'runs-sort', this.#words.page.table.columns[column]);
      button.type = 'button';
      button.addEventListener('click', () => {
        this.#sort(column);
      });
      cell.append(button);
      row.append(cell);
    }
    head.append(row);
    return head;
  }

  /** Numbers the greatest first, as those are looked for; words and times from their beginning. A second press turns it round. */
  #sort(column: ShownColumn): void {
    const isNumber = column !== 'from' && column !== 'start' && column !== 'outcome';
    const isDescending = this.#order?.column === column ? !this.#order.isDescending : isNumber;
    this.#order = { column, isDescending };
    for (const cell of this.#table.querySelectorAll('thead th')) {
      if (cell instanceof HTMLElement && cell.dataset.column === column)
        cell.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
    }
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const part = await this.#host.ask('table', { order: this.#order, most: this.#most });
    for (const old of this.#table.querySelectorAll('tbody, tfoot')) old.remove();
    const body = document.createElement('tbody');
    body.append(...part.rows.map(({ row, place }) => this.#drawRow(row, place)));
    this.#table.append(body);
    if (part.sums.counted > 1) this.#table.append(this.#drawSums(part.sums));
    this.#drawAfter(part);
  }

  #drawRow(row: TableRow, place: LinePlace | null): HTMLElement {
    const element = document.createElement('tr');
    const { columns, used } = this.#words.page.table;
    const number = (value: number | null): string =>
      value === null ? '' : writeNumber(value, this.#language);
    const texts: Readonly<Record<Exclude<ShownColumn, 'from'>, string>> = {
      start: this.#words.starts[row.start],
      durationMs: number(row.durationMs),
      initMs: number(row.initMs),
      initShare: row.initShare === null ? '' : writeShare(row.initShare, this.#language),
      billedMs: number(row.billedMs),
      usedMb:
        row.usedMb === null || row.memoryMb === null
          ? number(row.usedMb)
          : fill(used, { used: number(row.usedMb), size: number(row.memoryMb) }),
      outcome: this.#words.outcomes[row.outcome],
    };
    for (const column of SHOWN_COLUMNS) {
      const cell = document.createElement(column === 'from' ? 'th' : 'td');
      cell.dataset.name = columns[column];
      if (column === 'from') {
        cell.scope = 'row';
        cell.append(this.#drawName(row, place));
      } else cell.textContent = texts[column];
      if (column === 'outcome') cell.dataset.end = row.outcome;
      element.append(cell);
    }
    return element;
  }

  /** By its time, or by its place where no line tells the time. */
  #drawName({ run, attempt, from }: TableRow, place: LinePlace | null): Node {
    const name = from === null ? runName(run, attempt, this.#words.page, this.#language) : writeClock(from);
    if (place === null) return document.createTextNode(name);
    const link = makeElement(document, 'a', '', name);
    link.href = '#explain-list';
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.#goTo(place);
    });
    return link;
  }

  #drawSums(sums: Sums): HTMLElement {
    const { table } = this.#words.page;
    const foot = document.createElement('tfoot');
    const add = (name: string, texts: Readonly<Partial<Record<ShownColumn, string>>>): void => {
      const row = document.createElement('tr');
      const head = makeElement(document, 'th', '', name);
      head.scope = 'row';
      row.append(head);
      for (const column of SHOWN_COLUMNS.slice(1)) {
        const cell = makeElement(document, 'td', '', texts[column] ?? '');
        cell.dataset.name = table.columns[column];
        row.append(cell);
      }
      foot.append(row);
    };
    const number = (value: number | null): string =>
      value === null ? '' : writeNumber(value, this.#language);
    const of = (key: keyof Sum): Readonly<Partial<Record<ShownColumn, string>>> => ({
      durationMs: number(sums.durationMs[key]),
      initMs: number(sums.initMs[key]),
      billedMs: number(sums.billedMs[key]),
    });
    add(table.sum, {
      ...of('sum'),
      start: fill(table.cold, { cold: number(sums.starts.cold ?? 0), all: number(sums.counted) }),
      initShare: sums.initShare === null ? '' : writeShare(sums.initShare, this.#language),
    });
    add(table.median, { ...of('median'), usedMb: number(sums.usedMb.median) });
    add(table.worst, { ...of('worst'), usedMb: number(sums.usedMb.worst) });
    return foot;
  }

  #drawAfter({ rows, count, sums }: TablePart): void {
    const { table } = this.#words.page;
    this.#after.replaceChildren();
    if (sums.emulated > 0) this.#after.append(makeElement(document, 'p', '', table.emulated));
    const left = count - rows.length;
    if (left <= 0) return;
    const counts = {
      count: writeNumber(rows.length, this.#language),
      all: writeNumber(count, this.#language),
    };
    const more = makeElement(
      document,
      'button',
      'button',
      fillPlural(table.more, Math.min(MORE, left), this.#language),
    );
    more.type = 'button';
    more.addEventListener('click', () => {
      this.#most += MORE;
      void this.#draw();
    });
    this.#after.append(makeElement(document, 'p', '', fill(table.shown, counts)), more);
  }
}
