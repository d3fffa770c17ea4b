/** What the caller got, as it came or laid out: a button switches, where the two differ. */
import { findPart } from '../find-part.ts';
import { toPretty } from './pretty.ts';

export class LabPayload {
  readonly #text: HTMLElement;
  readonly #button: HTMLButtonElement;
  #payload: string;

  constructor(lab: Element) {
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
    const pretty = toPretty(this.#payload);
    this.#button.hidden = pretty === this.#payload;
    this.#text.textContent = this.#isPretty ? pretty : this.#payload;
  }
}
