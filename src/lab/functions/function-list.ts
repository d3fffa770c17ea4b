/** The list of functions, as it is drawn: a row each, with what can be done with it. */
import { makeElement } from '../make-element.ts';
import { fill, momentToDate, type FunctionWords } from '../words.ts';
import type { KeptFunction } from './function-store.ts';

/** What a row's buttons ask for; the names of their words. */
export type RowAct = 'open' | 'rename' | 'duplicate' | 'remove';

/** What was asked of which function, by a button of the list; null for anything else that was pressed. */
export function pressToAct(target: EventTarget | null): { readonly act: RowAct; readonly id: string } | null {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-act]') : null;
  const id = button?.closest<HTMLElement>('[data-id]')?.dataset.id;
  return button === null || id === undefined ? null : { act: button.dataset.act as RowAct, id };
}

/** Draws the list anew, and leaves the focus on the button that had it. */
export function drawFunctions(
  list: HTMLElement,
  all: readonly KeptFunction[],
  present: string | null,
  words: FunctionWords,
  language: string,
): void {
  const { activeElement } = list.ownerDocument;
  const held = list.contains(activeElement) ? pressToAct(activeElement) : null;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  list.replaceChildren(...all.map((one) => makeRow(one, one.id === present, words, when)));
  if (held !== null) focusRow(list, held.id, held.act);
}

/** Gives the focus to a button of a function's row; to the list's first one where the function is gone. */
export function focusRow(list: HTMLElement, id: string, act: RowAct): void {
  const row = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  (row ?? list).querySelector<HTMLElement>(`[data-act="${act}"]`)?.focus();
}

function makeRow(
  { id, name, changed }: KeptFunction,
  isPresent: boolean,
  words: FunctionWords,
  when: Intl.DateTimeFormat,
): HTMLLIElement {
  const row = makeElement(document, 'li', 'kept-row');
  row.dataset.id = id;
  const makeButton = (act: RowAct, text: string): HTMLButtonElement => {
    const button = makeElement(document, 'button', 'button is-quiet', text);
    button.type = 'button';
    button.dataset.act = act;
    return button;
  };
  const open = makeButton('open', name);
  open.classList.add('kept-open');
  open.setAttribute('aria-label', fill(words.open, { name }));
  // The reader's own word.
  open.translate = false;
  if (isPresent) open.setAttribute('aria-current', 'true');
  const time = makeElement(document, 'time', '', when.format(changed));
  time.dateTime = momentToDate(changed) ?? '';
  const [before = '', after = ''] = words.changed.split('{when}');
  const note = makeElement(document, 'p', 'kept-when');
  note.append(...(isPresent ? [`${words.opened} · `] : []), before, time, after);
  const acts = makeElement(document, 'div', 'kept-row-acts');
  for (const act of ['rename', 'duplicate', 'remove'] as const) {
    const button = makeButton(act, words[act]);
    button.setAttribute('aria-label', fill(words.which, { act: words[act], name }));
    acts.append(button);
  }
  row.append(open, note, acts);
  return row;
}
