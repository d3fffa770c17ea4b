/**
 * `<error-filter>`: narrows the list of errors to what a reader has in hand. A few words: all of them are in the row, or in
 * the column that is chosen. A whole line: it holds a phrase of the error's own; numbers and ids are passed over.
 */
import { matchError, toPlain, type ErrorKeys } from '../../catalogue/match-error.ts';
import { findPart } from '../../lab/find-part.ts';
import { fill } from '../../lab/words.ts';

/** Characters from which on a text may be a line of a log, and is compared with the errors' own phrases as well. */
const A_LINE = 24;

class ErrorFilter extends HTMLElement {
  connectedCallback(): void {
    const form = findPart(this, 'form', HTMLFormElement);
    const field = findPart(this, 'input[type="search"]', HTMLInputElement);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
    });
    form.addEventListener('input', (event) => {
      // What an input method is still composing is no word yet.
      if (!(event instanceof InputEvent && event.isComposing)) this.#show(field.value);
    });
    form.addEventListener('compositionend', () => {
      this.#show(field.value);
    });
    for (const chip of this.querySelectorAll<HTMLButtonElement>('[data-fill]')) {
      chip.addEventListener('click', () => {
        const { fill: text = '', where = '' } = chip.dataset;
        const isOn = chip.getAttribute('aria-pressed') === 'true';
        field.value = isOn ? '' : text;
        this.#choose(isOn ? '' : where);
        this.#show(field.value);
      });
    }
    findPart(this, '.errors-clear', HTMLButtonElement).addEventListener('click', () => {
      field.value = '';
      this.#choose('');
      this.#show('');
      field.focus();
    });
    field.value = new URLSearchParams(location.search).get('q') ?? field.value;
    this.#show(field.value);
  }

  get #where(): string {
    return this.querySelector<HTMLInputElement>('input[name="where"]:checked')?.value ?? '';
  }

  #choose(where: string): void {
    const radio = this.querySelector<HTMLInputElement>(`input[name="where"][value="${where}"]`);
    if (radio !== null) radio.checked = true;
  }

  #show(typed: string): void {
    const where = this.#where;
    const asked = wordsOf(typed);
    const rows = [...this.querySelectorAll<HTMLTableRowElement>('tr[data-id]')];
    const named = typed.trim().length > A_LINE ? matchError(typed, rows.map(keysOf))?.id : undefined;
    let found = 0;
    for (const row of rows) {
      const isThere = row.dataset.id === named || holds(wordsOf(textOf(row, where)), asked);
      row.hidden = !isThere;
      if (isThere) found += 1;
    }
    for (const body of this.querySelectorAll('tbody'))
      body.hidden = [...body.querySelectorAll<HTMLElement>('tr[data-id]')].every(({ hidden }) => hidden);
    for (const table of this.querySelectorAll('table')) {
      table.dataset.where = where;
      const isEmpty = [...table.tBodies].every(({ hidden }) => hidden);
      const block = table.closest<HTMLElement>('section') ?? table;
      block.hidden = isEmpty;
    }
    findPart(this, '.errors-none', HTMLElement).hidden = found > 0;
    const says = findPart(this, '[role="status"]', HTMLElement);
    const { all = '', some = '' } = says.dataset;
    says.textContent = fill(found === rows.length ? all : some, { count: rows.length, found });
    for (const chip of this.querySelectorAll<HTMLElement>('[data-fill]'))
      chip.setAttribute('aria-pressed', String(chip.dataset.fill === typed));
  }
}

/** A row's own words and, unless one column is meant, those by which people search for it. */
function textOf(row: HTMLTableRowElement, where: string): string {
  if (where === '') return `${row.textContent} ${row.dataset.words ?? ''}`;
  return row.querySelector(`[data-column="${where}"]`)?.textContent ?? '';
}

function keysOf(row: HTMLTableRowElement): ErrorKeys {
  const { id = '', keys = '[]', platform = '', general } = row.dataset;
  return { id, platform, keys: JSON.parse(keys) as string[], isGeneral: general !== undefined };
}

/** Words without what differs from log to log: ids, times, numbers. */
function wordsOf(text: string): readonly string[] {
  const plain = toPlain(text).replaceAll(/[0-9a-f]{8}-[0-9a-f-]+|[\d.:]*\d/g, ' ');
  return plain.match(/[\p{L}_]+/gu) ?? [];
}

/** Whether all the words are there; the last one may be half typed. */
function holds(there: readonly string[], asked: readonly string[]): boolean {
  return asked.every((word, index) =>
    index === asked.length - 1 ? there.some((other) => other.startsWith(word)) : there.includes(word),
  );
}

customElements.define('error-filter', ErrorFilter);
