/** The form that asks for a function's name: below the bar for a new one, in its row for a new name of an old one. */
import { isComposing } from '../composing.ts';
import { findPart } from '../find-part.ts';

/** What is done with a name, and what was pressed to be asked for it. */
export interface NameRequest {
  readonly given: string;
  readonly submit: (name: string) => Promise<void>;
  readonly from: HTMLElement | null;
}

export class NameForm {
  readonly #form: HTMLFormElement;
  /** Where it is as long as nobody is asked in a row. */
  readonly #home: Comment;
  #request: NameRequest | null = null;

  constructor(form: HTMLFormElement, signal: AbortSignal) {
    this.#form = form;
    this.#home = form.ownerDocument.createComment('');
    form.before(this.#home);
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        void this.#request?.submit(this.#input.value);
      },
      { signal },
    );
    form.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        event.stopPropagation();
        this.cancel();
      },
      { signal },
    );
  }

  /** Whether it is open in a row of the list, and in which. */
  get row(): string | null {
    return this.#form.closest<HTMLElement>('[data-id]')?.dataset.id ?? null;
  }

  /** Asks for a name, in a row of the list or in its own place. */
  open(request: NameRequest, row: Element | null): void {
    this.close();
    this.#request = request;
    this.#form.hidden = false;
    this.place(row);
    const input = this.#input;
    input.value = request.given;
    request.from?.setAttribute('aria-expanded', 'true');
    input.focus();
    input.select();
  }

  /** Moves it, as it is, into a row; without one, to its own place. */
  place(row: Element | null): void {
    const hasFocus = this.#form.contains(this.#form.ownerDocument.activeElement);
    if (row === null) this.#home.after(this.#form);
    else row.append(this.#form);
    if (hasFocus) this.#input.focus();
  }

  /** Says beside the name what is wrong with it. */
  fail(sentence: string): void {
    findPart(this.#form, '.kept-fault', HTMLElement).textContent = sentence;
    this.#input.setAttribute('aria-invalid', 'true');
    this.#input.focus();
  }

  /** Closes it, and gives the focus back to what was pressed. */
  cancel(): void {
    const from = this.#request?.from;
    this.close();
    from?.focus();
  }

  /** Closes it. */
  close(): void {
    this.#request?.from?.setAttribute('aria-expanded', 'false');
    this.#request = null;
    this.#form.hidden = true;
    findPart(this.#form, '.kept-fault', HTMLElement).textContent = '';
    this.#input.removeAttribute('aria-invalid');
    if (this.row !== null) this.#home.after(this.#form);
  }

  get #input(): HTMLInputElement {
    return findPart(this.#form, 'input', HTMLInputElement);
  }
}
