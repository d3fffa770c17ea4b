/**
 * A file as a block of lines that can be marked: the one that is about to run, those at which frames further out wait,
 * and those that never run in the trace. The number of a line that does run is a button which leads there.
 */
import { textToNodes } from '../marks.ts';
import { spreadOverStatements } from './lines-that-ran.ts';

/** The lines to mark in a file, by their numbers, which count from 1. */
export interface Marks {
  readonly current: number | null;
  readonly waiting: readonly number[];
  /** A line that the reader has asked to see. */
  readonly looked: number | null;
  /** The lines that ran in the trace that is stepped through; null when none is. */
  readonly ran: ReadonlySet<number> | null;
}

/** No marks at all. */
export const NO_MARKS: Marks = { current: null, waiting: [], looked: null, ran: null };

/** One file. */
export class SourceBlock {
  readonly element: HTMLPreElement;
  readonly #lines: ReadonlyMap<number, HTMLElement>;
  #ran: ReadonlySet<number> | null = null;
  #marked: HTMLElement[] = [];
  #current: number | null = null;

  constructor(element: HTMLPreElement) {
    this.element = element;
    const lines = element.querySelectorAll<HTMLElement>('.line[data-line]');
    this.#lines = new Map(Array.from(lines, (line) => [Number(line.dataset.line), line]));
    for (const line of lines) line.classList.remove('is-marked');
  }

  /** A text of the reader's own: it has no colours. Its lines are counted from `first`. */
  static ofText(text: string, label: string, first = 1): SourceBlock {
    const block = document.createElement('pre');
    block.className = 'code is-numbered';
    block.tabIndex = 0;
    block.setAttribute('role', 'group');
    block.setAttribute('aria-label', label);
    block.translate = false;
    const code = document.createElement('code');
    for (const [index, content] of text.replace(/\n$/, '').split('\n').entries()) {
      const line = document.createElement('span');
      line.className = 'line';
      line.dataset.line = String(first + index);
      line.append(...textToNodes(content));
      if (index > 0) code.append('\n');
      code.append(line);
    }
    block.append(code);
    return new SourceBlock(block);
  }

  /** Fades the lines that never ran; the number of one that did becomes a button, which `label` names. */
  #setRan(ran: ReadonlySet<number> | null, label: (line: number) => string): void {
    if (ran === this.#ran) return;
    this.#ran = ran;
    const text = Array.from(this.#lines.values(), ({ textContent }) => textContent).join('\n');
    const belongs = ran === null ? null : spreadOverStatements(text, ran);
    for (const [number, line] of this.#lines) {
      line.classList.toggle('is-unrun', belongs !== null && !belongs.has(number));
      const button = line.querySelector('button');
      if (ran?.has(number) !== true) button?.remove();
      else if (button === null) line.prepend(makeButton(number, label(number)));
    }
    this.element.classList.toggle('is-traced', ran !== null);
  }

  /** Marks lines, and brings the one that is meant into sight; gently: only when it is not. `label` names a line's button. */
  mark({ current, waiting, looked, ran }: Marks, isGentle: boolean, label: (line: number) => string): void {
    this.#setRan(ran, label);
    for (const line of this.#marked) line.classList.remove('is-marked', 'is-waiting', 'is-looked');
    this.#marked = [];
    for (const number of waiting) this.#add(number, 'is-waiting');
    this.#setTabStop(current);
    const marked = current === null ? undefined : this.#add(current, 'is-marked');
    const line = looked === null ? marked : this.#add(looked, 'is-looked');
    const { element } = this;
    if (line === undefined) return;
    const top = line.offsetTop - element.clientTop;
    const room = line.offsetHeight * 2;
    const isSeen =
      top - room >= element.scrollTop && top + room * 1.5 <= element.scrollTop + element.clientHeight;
    if (isGentle && isSeen) return;
    element.scrollTop = top - element.clientHeight / 3;
    element.scrollLeft = 0;
  }

  /** Moves among the buttons of the lines by the arrow keys; false when the key is for somebody else. */
  moveByKey({ key, target }: KeyboardEvent): boolean {
    if ((key !== 'ArrowUp' && key !== 'ArrowDown') || !(target instanceof HTMLButtonElement)) return false;
    const buttons = [...this.element.querySelectorAll('button')];
    const place = buttons.indexOf(target);
    if (place === -1) return false;
    buttons[place + (key === 'ArrowUp' ? -1 : 1)]?.focus();
    return true;
  }

  #add(number: number, name: string): HTMLElement | undefined {
    const line = this.#lines.get(number);
    if (line === undefined) return undefined;
    line.classList.add(name);
    this.#marked.push(line);
    return line;
  }

  /** Of all the buttons the Tab key stops at one. */
  #setTabStop(current: number | null): void {
    const before = this.#current === null ? null : this.#lines.get(this.#current)?.querySelector('button');
    if (before) before.tabIndex = -1;
    const now = current === null ? null : this.#lines.get(current)?.querySelector('button');
    if (now) now.tabIndex = 0;
    this.#current = current;
  }
}

function makeButton(number: number, label: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'lab-line-number';
  button.tabIndex = -1;
  button.dataset.runTo = String(number);
  button.title = label;
  button.setAttribute('aria-label', label);
  // Its number is drawn by the stylesheet: a copied text holds none.
  return button;
}
