/**
 * `<lab-prediction>`: the question before the first run. A reader orders the frames or picks the caller and checks it
 * against the recording, as often as they like. What the lab has folded meanwhile it shows for good as soon as the answer
 * is right or is unfolded, a run is asked for, or the reader steps through the recording.
 */
import { countInPlace, type Prediction, type PredictionFrame } from '../../trace/prediction.ts';
import { findPart } from '../find-part.ts';
import { frameToName } from './frame-name.ts';
import { fill } from '../words.ts';

/** The class of a lab whose question is open: what would tell the answer is folded. */
const OPEN = 'is-predicting';

/** The element. */
export class LabPrediction extends HTMLElement {
  #listening = new AbortController();

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // Page and script come from one build.
    const prediction = JSON.parse(this.dataset.prediction ?? '') as Prediction;
    const form = findPart(this, 'form', HTMLFormElement);
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        this.#check(prediction, form);
      },
      { signal },
    );
    // What was said of one choice does not hold for another.
    form.addEventListener(
      'change',
      () => {
        this.#say('');
      },
      { signal },
    );
    for (const button of this.querySelectorAll<HTMLButtonElement>('.lab-prediction-moves button')) {
      button.addEventListener(
        'click',
        () => {
          this.#move(button, prediction);
        },
        { signal },
      );
    }
    this.#details.addEventListener(
      'toggle',
      () => {
        if (this.#details.open) this.reveal();
      },
      { signal },
    );
    this.closest('lab-root')?.addEventListener(
      'lab-moment',
      ({ currentTarget }) => {
        if (currentTarget instanceof Element && currentTarget.classList.contains('is-stepping'))
          this.reveal();
      },
      { signal },
    );
    this.#showEnds();
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Shows what was recorded, for good. The question stays: to answer it later spoils nothing. */
  reveal(): void {
    this.closest('lab-root')?.classList.remove(OPEN);
  }

  get #details(): HTMLDetailsElement {
    return findPart(this, 'details', HTMLDetailsElement);
  }

  get #rows(): readonly HTMLLIElement[] {
    return [...this.querySelectorAll<HTMLLIElement>('.lab-prediction-frames > li')];
  }

  #check({ kind, options, answer }: Prediction, form: HTMLFormElement): void {
    const { right = '', wrong = '', none = '' } = this.dataset;
    const choice = new FormData(form).get('caller');
    if (kind === 'caller' && choice === null) {
      this.#say(none);
      return;
    }
    const indexes =
      kind === 'order' ? this.#rows.map(({ dataset }) => Number(dataset.option)) : [Number(choice)];
    const order = indexes.flatMap((index): PredictionFrame[] => options.slice(index, index + 1));
    const count = countInPlace(order, answer);
    if (count < answer.length) {
      this.#say(fill(wrong, kind === 'order' ? { count, of: answer.length } : {}));
      return;
    }
    this.#say(right);
    this.#details.open = true;
  }

  #move(button: HTMLButtonElement, { options }: Prediction): void {
    const row = button.closest('li');
    const neighbour = button.value === 'up' ? row?.previousElementSibling : row?.nextElementSibling;
    if (row === null || neighbour === null || neighbour === undefined) return;
    // The neighbour moves: a row that is taken out of the page and put back would lose the focus.
    if (button.value === 'up') row.after(neighbour);
    else row.before(neighbour);
    this.#showEnds();
    const rows = this.#rows;
    const frame = options[Number(row.dataset.option)];
    if (frame === undefined) return;
    const values = { name: frameToName(frame), place: rows.indexOf(row) + 1, of: rows.length };
    this.#say(fill(this.dataset.moved ?? '', values));
  }

  /** The first row cannot go up, nor the last one down; they say so, and keep the focus. */
  #showEnds(): void {
    for (const [index, row] of this.#rows.entries()) {
      for (const button of row.querySelectorAll('button')) {
        const end = button.value === 'up' ? 0 : this.#rows.length - 1;
        button.setAttribute('aria-disabled', String(index === end));
      }
    }
  }

  #say(text: string): void {
    findPart(this, '.lab-prediction-says', HTMLElement).textContent = text;
  }
}

customElements.define('lab-prediction', LabPrediction);
