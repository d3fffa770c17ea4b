/**
 * What stands under a lab's texts once a reader has changed them: that they are kept, the way to the original
 * and back, and the difference.
 */
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import { makeElement } from '../make-element.ts';
import { bringPart } from '../part-missing.ts';
import { fill, type LabWords } from '../words.ts';
import type { Draft } from './drafts.ts';
import type { ChangedText } from './difference-nodes.ts';

/**
 * What there is to tell. `lost`: texts of files that the example no longer has; `taken`: a text of the reader's can be brought
 * back; `lent`: the texts came from elsewhere.
 */
export interface Edits {
  readonly note: string;
  readonly changed: readonly ChangedText[];
  readonly lost: Draft;
  readonly taken: boolean;
  readonly lent: LentNames | null;
}

/** What parts are called while the texts came from elsewhere. */
export interface LentNames {
  readonly difference: string;
  /** The way back. */
  readonly leave: string;
}

/** What the part needs of its lab. */
export interface EditsSetting {
  readonly words: LabWords['edit'];
  readonly copy: (text: string) => void;
  /** The reader does not want the text of a lost file any more. */
  readonly drop: (name: string) => void;
  readonly signal: AbortSignal;
}

/** Lines of a difference that are drawn in one frame. */
const PIECE = 200;

/** The part of the page that shows `Edits`. */
export class LabEdits {
  readonly #bar: HTMLElement;
  readonly #note: HTMLElement;
  readonly #difference: HTMLDetailsElement;
  readonly original: HTMLButtonElement;
  readonly back: HTMLButtonElement;
  readonly #summary: HTMLElement;
  readonly #names: LentNames;
  #wasLent = false;
  /** Counts how often the difference was filled: a filling that is overtaken ends. */
  #fills = 0;
  #changed: readonly ChangedText[] = [];
  #lost: Draft = {};
  /** What stands for the lost texts. */
  #offers: readonly HTMLElement[] = [];
  readonly #setting: EditsSetting;

  constructor(lab: Element, setting: EditsSetting) {
    this.#setting = setting;
    const { signal } = setting;
    this.#bar = findPart(lab, '.lab-edits', HTMLElement);
    this.#note = findPart(lab, '.lab-edits-note', HTMLElement);
    this.#difference = findPart(lab, '.lab-difference', HTMLDetailsElement);
    this.original = findPart(lab, '.lab-original', HTMLButtonElement);
    this.back = findPart(lab, '.lab-back', HTMLButtonElement);
    this.#summary = findPart(this.#difference, 'summary', HTMLElement);
    this.#names = { difference: this.#summary.textContent, leave: this.original.textContent };
    const compare = (): void => {
      this.#fillDifference();
    };
    this.#difference.addEventListener('toggle', compare, { signal });
  }

  show({ note, changed, lost, taken, lent }: Edits): void {
    const isLent = lent !== null;
    this.#changed = changed;
    this.#offer(lost);
    this.#bar.hidden = changed.length === 0 && this.#offers.length === 0 && !taken && !isLent;
    this.#note.textContent = note;
    this.original.hidden = changed.length === 0 && !isLent;
    this.original.textContent = lent?.leave ?? this.#names.leave;
    this.#summary.textContent = lent?.difference ?? this.#names.difference;
    // Foreign words are looked at first.
    if (isLent !== this.#wasLent) this.#turn(isLent);
    this.#wasLent = isLent;
    this.#bar.classList.toggle('is-lent', isLent);
    this.back.hidden = !taken;
    this.#difference.hidden = changed.length === 0;
    this.#fillDifference();
  }

  /** A text whose file is gone can be seen, copied and dropped. */
  #offer(lost: Draft): void {
    if (lost === this.#lost) return;
    this.#lost = lost;
    for (const offer of this.#offers) offer.remove();
    this.#offers = Object.entries(lost).map(([name, text]) => this.#toOffer(name, text));
    this.#bar.append(...this.#offers);
  }

  #toOffer(name: string, text: string): HTMLElement {
    const { words, copy, drop } = this.#setting;
    const offer = makeElement(document, 'details', 'lab-difference lab-lost');
    offer.append(makeElement(document, 'summary', '', fill(words.lost, { path: name })));
    const block = makeElement(document, 'pre', 'lab-log', text);
    block.tabIndex = 0;
    block.translate = false;
    block.setAttribute('role', 'group');
    block.setAttribute('aria-label', name);
    offer.append(block);
    for (const [label, act] of [
      [
        words.copyLost,
        () => {
          copy(text);
        },
      ],
      [
        words.dropLost,
        () => {
          drop(name);
          // Its button is gone with it.
          const tab = this.#bar.closest('lab-code')?.querySelector<HTMLElement>('[aria-selected="true"]');
          (this.original.hidden ? tab : this.original)?.focus();
        },
      ],
    ] as const) {
      const button = makeElement(document, 'button', 'button', label);
      button.type = 'button';
      button.addEventListener('click', act);
      offer.append(button, ' ');
    }
    return offer;
  }

  /** Opens the difference or closes it, once the texts themselves have been drawn: both in one frame would hold the page up. */
  #turn(isOpen: boolean): void {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        if (this.#wasLent === isOpen) this.#difference.open = isOpen;
      });
    });
  }

  /** Comparing costs something at every key: so it is done only while the difference is open. */
  #fillDifference(): void {
    const shown = this.#difference.open ? this.#changed : [];
    const filling = (this.#fills += 1);
    const block = findPart(this.#difference, 'pre', HTMLPreElement);
    if (shown.length === 0) {
      block.replaceChildren();
      return;
    }
    bringPart(() => import('./difference-nodes.ts'), 'difference-nodes').then(
      ({ differenceToNodes }) => {
        if (filling === this.#fills) this.#draw(filling, block, shown.flatMap(differenceToNodes));
      },
      () => {
        if (filling !== this.#fills) return;
        // Opened once more, it is asked for again.
        this.#difference.open = false;
        send(this.#bar, 'lab-no-part');
      },
    );
  }

  #draw(filling: number, block: HTMLElement, nodes: Node[]): void {
    block.replaceChildren();
    // Each piece is a block, or the browser would lay out all those before it again.
    const add = (): void => {
      if (filling !== this.#fills) return;
      const piece = document.createElement('div');
      piece.append(...nodes.splice(0, PIECE));
      block.append(piece);
      if (nodes.length > 0) requestAnimationFrame(add);
    };
    add();
  }
}
