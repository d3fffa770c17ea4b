/**
 * What a reader has changed in a lab: its editable texts together, the draft that is kept of them, and the
 * note that shows it with the way back to the original.
 */
import { openDraft, type Draft, type DraftStore } from './drafts.ts';
import { findPart } from './find-part.ts';
import { LabEditable } from './lab-editable.ts';
import { compareLines } from './line-difference.ts';
import { EVENT } from './text-names.ts';
import { fillWords, type LabWords } from './words.ts';

export class LabTexts {
  readonly #editables: readonly LabEditable[];
  readonly #store: DraftStore;
  readonly #words: LabWords['edit'];
  readonly #bar: HTMLElement;
  readonly #note: HTMLElement;
  readonly #difference: HTMLDetailsElement;
  readonly original: HTMLButtonElement;
  readonly back: HTMLButtonElement;
  /** The reader's texts that a reset took away, as long as they can be brought back. */
  #taken: Draft | null = null;

  constructor(lab: Element, originals: Draft, storage: Storage | null, words: LabWords['edit']) {
    this.#words = words;
    this.#editables = [...lab.querySelectorAll('lab-editable')].filter((one) => one instanceof LabEditable);
    this.#bar = findPart(lab, '.lab-edits', HTMLElement);
    this.#note = findPart(lab, '.lab-edits-note', HTMLElement);
    this.#difference = findPart(lab, '.lab-difference', HTMLDetailsElement);
    this.original = findPart(lab, '.lab-original', HTMLButtonElement);
    this.back = findPart(lab, '.lab-back', HTMLButtonElement);
    this.#store = openDraft(storage, lab.id, originals);
    const draft = this.#store.load();
    for (const one of this.#editables) {
      const original = originals[one.name] ?? '';
      one.begin(original, draft?.texts[one.name] ?? original);
    }
    if (draft !== null) this.#show(draft.fits ? words.kept : words.older);
  }

  get isChanged(): boolean {
    return this.#editables.some((one) => one.isChanged);
  }

  /** The text of one name as the reader has it; undefined for a file that is no text. */
  text(name: string): string | undefined {
    return this.#editables.find((one) => one.name === name)?.text;
  }

  /** Goes into the text of one name, at an offset. */
  edit(name: string, offset: number): Promise<void> {
    return this.#editables.find((one) => one.name === name)?.edit(offset) ?? Promise.resolve();
  }

  /** Leads the reader to a line of a file, counted from 1. */
  showLine(name: string, line: number): void {
    this.#editables.find((one) => one.name === name)?.showLine(line);
  }

  /** A text has changed: keeps the draft and shows what there is to know. */
  changed(): void {
    this.#taken = null;
    this.#keep();
  }

  /** Shows the original texts again; what the reader had written can be brought back. */
  restore(): void {
    if (!this.isChanged) return;
    this.#taken = this.#draft();
    for (const one of this.#editables) one.show(one.original);
    this.#store.forget();
    this.#show(this.#words.restored);
  }

  bringBack(): void {
    for (const one of this.#editables) one.show(this.#taken?.[one.name] ?? one.text);
    this.#taken = null;
    this.#keep();
  }

  #keep(): void {
    if (!this.isChanged) this.#store.forget();
    this.#show(
      !this.isChanged ? '' : this.#store.save(this.#draft()) ? this.#words.kept : this.#words.notKept,
    );
  }

  #draft(): Draft {
    return Object.fromEntries(
      this.#editables.filter((one) => one.isChanged).map((one) => [one.name, one.text]),
    );
  }

  #show(note: string): void {
    const changed = this.isChanged;
    this.#bar.hidden = !changed && this.#taken === null;
    this.#note.textContent = note;
    this.original.hidden = !changed;
    this.back.hidden = this.#taken === null;
    this.#difference.hidden = !changed;
    findPart(this.#difference, 'pre', HTMLPreElement).replaceChildren(
      ...this.#editables.filter((one) => one.isChanged).flatMap((one) => this.#differenceOf(one)),
    );
  }

  #differenceOf(one: LabEditable): Node[] {
    const title = document.createElement('b');
    title.textContent = `${one.name === EVENT ? this.#words.event : one.name}\n`;
    const lines = compareLines(one.original.replace(/\n$/, ''), one.text.replace(/\n$/, '')).map(
      ({ kind, text }) => {
        const line = document.createElement(kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span');
        line.textContent = `${kind === 'added' ? '+' : kind === 'removed' ? '−' : ' '} ${text}\n`;
        return line;
      },
    );
    return [title, ...lines];
  }

  /** The sentence for an event that is no JSON. */
  faultToText({
    line,
    column,
    message,
  }: {
    line: number | null;
    column: number | null;
    message: string;
  }): string {
    return line === null || column === null
      ? fillWords(this.#words.badEvent, { message })
      : fillWords(this.#words.badEventAt, { line, column });
  }
}
