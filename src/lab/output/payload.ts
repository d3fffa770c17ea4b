/** What the caller got, as it came or laid out: a button switches, where the two differ. */
import { findPart } from '../find-part.ts';
import { textToNodes } from '../marks.ts';
import { splitText } from '../cut-text.ts';
import { fillPlural, type LabWords } from '../words.ts';
import { toPretty } from './pretty.ts';

/** Characters of an answer that are drawn. A longer one is shown as it came: laid out it would be longer still. */
export const MAX_ANSWER = 65_536;

/** What the caller got, as far as it is drawn. */
export function payloadToText(
  payload: string,
  isPretty: boolean,
  words: LabWords['cut'],
  language: string,
): { readonly text: string; readonly canBePretty: boolean } {
  const { shown, leftOut } = splitText(payload, MAX_ANSWER);
  if (leftOut > 0)
    return { text: `${shown}\n${fillPlural(words.characters, leftOut, language)}`, canBePretty: false };
  const pretty = toPretty(payload);
  return { text: isPretty ? pretty : payload, canBePretty: pretty !== payload };
}

export class LabPayload {
  readonly #text: HTMLElement;
  readonly #button: HTMLButtonElement;
  #payload: string;

  readonly #words: LabWords['cut'];
  readonly #language: string;

  constructor(lab: Element, words: LabWords['cut'], language: string) {
    this.#words = words;
    this.#language = language;
    this.#text = findPart(lab, '.lab-payload', HTMLElement);
    this.#button = findPart(lab, '.lab-pretty-answer', HTMLButtonElement);
    this.#payload = this.#text.textContent;
    this.#button.addEventListener('click', () => {
      this.#button.setAttribute('aria-pressed', String(!this.#isPretty));
      this.#draw();
    });
  }

  /** Another payload; the empty text while or because there is none, and then perhaps no place for it either. */
  show(payload: string, hidden: boolean): void {
    this.#payload = payload;
    this.#text.hidden = hidden;
    this.#draw();
  }

  get #isPretty(): boolean {
    return this.#button.getAttribute('aria-pressed') === 'true';
  }

  #draw(): void {
    const { text, canBePretty } = payloadToText(this.#payload, this.#isPretty, this.#words, this.#language);
    this.#button.hidden = !canBePretty;
    if (this.#text.textContent !== text) this.#text.replaceChildren(...textToNodes(text));
  }
}
