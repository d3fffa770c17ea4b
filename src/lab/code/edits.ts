/**
 * What stands under a lab's texts once a reader has changed them: that they are kept, the way to the original
 * and back, and the difference.
 */
import { findPart } from '../find-part.ts';
import { compareLines, type DifferentLine } from './line-difference.ts';

/** One text that a reader has changed, by the name it is shown under. */
export interface ChangedText {
  readonly title: string;
  readonly original: string;
  readonly text: string;
}

/** What there is to tell. `taken`: a text of the reader's can be brought back. */
export interface Edits {
  readonly note: string;
  readonly changed: readonly ChangedText[];
  readonly taken: boolean;
}

/** The part of the page that shows `Edits`. */
export class LabEdits {
  readonly #bar: HTMLElement;
  readonly #note: HTMLElement;
  readonly #difference: HTMLDetailsElement;
  readonly original: HTMLButtonElement;
  readonly back: HTMLButtonElement;
  #changed: readonly ChangedText[] = [];

  constructor(lab: Element, signal: AbortSignal) {
    this.#bar = findPart(lab, '.lab-edits', HTMLElement);
    this.#note = findPart(lab, '.lab-edits-note', HTMLElement);
    this.#difference = findPart(lab, '.lab-difference', HTMLDetailsElement);
    this.original = findPart(lab, '.lab-original', HTMLButtonElement);
    this.back = findPart(lab, '.lab-back', HTMLButtonElement);
    const fill = (): void => {
      this.#fillDifference();
    };
    this.#difference.addEventListener('toggle', fill, { signal });
  }

  show({ note, changed, taken }: Edits): void {
    this.#changed = changed;
    this.#bar.hidden = changed.length === 0 && !taken;
    this.#note.textContent = note;
    this.original.hidden = changed.length === 0;
    this.back.hidden = !taken;
    this.#difference.hidden = changed.length === 0;
    this.#fillDifference();
  }

  /** Comparing costs something at every key: so it is done only while the difference is open. */
  #fillDifference(): void {
    const shown = this.#difference.open ? this.#changed : [];
    findPart(this.#difference, 'pre', HTMLPreElement).replaceChildren(...shown.flatMap(changedToNodes));
  }
}

const ELEMENTS = { same: 'span', removed: 'del', added: 'ins' } as const;
const SIGNS = { same: ' ', removed: '−', added: '+' } as const satisfies Record<
  DifferentLine['kind'],
  string
>;

function changedToNodes({ title, original, text }: ChangedText): Node[] {
  const head = document.createElement('b');
  head.textContent = `${title}\n`;
  const lines = compareLines(original.replace(/\n$/, ''), text.replace(/\n$/, '')).map((line) => {
    const element = document.createElement(ELEMENTS[line.kind]);
    element.textContent = `${SIGNS[line.kind]} ${line.text}\n`;
    return element;
  });
  return [head, ...lines];
}
