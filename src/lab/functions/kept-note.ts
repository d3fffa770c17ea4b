/** The one sentence below the functions' bar, read out as it comes, with what it offers to do. */
import { findPart } from '../find-part.ts';

/** What a sentence may offer, by the name of its button. */
export type Offers = Readonly<
  Partial<Record<'undo' | 'openTheirs' | 'keepMine' | 'zipNow', () => Promise<void>>>
>;

export class KeptNote {
  readonly #element: HTMLElement;
  #offers: Offers = {};

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Says a sentence that offers nothing. */
  say(sentence: string): void {
    this.#show(sentence, {});
  }

  /** Says one that stays until it is answered, or another one comes. */
  offer(sentence: string, offers: Offers): void {
    this.#show(sentence, offers);
    this.#button('dismiss').hidden = false;
  }

  /** Takes the sentence away. */
  hide(): void {
    this.#show('', {});
  }

  /** Does what is offered under a name. */
  async act(name: string): Promise<void> {
    const offered = this.#offers[name as keyof Offers];
    if (offered === undefined) return;
    this.hide();
    await offered();
  }

  #show(sentence: string, offers: Offers): void {
    this.#offers = offers;
    findPart(this.#element, '.kept-says', HTMLElement).textContent = sentence;
    for (const button of this.#element.querySelectorAll<HTMLElement>('[data-kept]'))
      button.hidden = !Object.hasOwn(offers, button.dataset.kept ?? '');
  }

  #button(name: string): HTMLElement {
    return findPart(this.#element, `[data-kept="${name}"]`, HTMLElement);
  }
}
