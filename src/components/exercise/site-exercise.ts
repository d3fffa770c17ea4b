/**
 * `<site-exercise>`: tells whether the chosen answer is right, and unfolds the explanation when it is. It never gives
 * the answer away to who has not found it; unfolding it by hand is the reader's choice, with or without this script.
 */
class SiteExercise extends HTMLElement {
  #listening = new AbortController();

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const form = this.querySelector('form');
    form?.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        this.#check(new FormData(form).get('choice'));
      },
      { signal },
    );
    // What was said of one choice does not hold for another.
    form?.addEventListener(
      'change',
      () => {
        this.#say('');
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  #check(choice: FormDataEntryValue | null): void {
    const { right = '', wrong = '', none = '' } = this.dataset;
    this.#say(choice === null ? none : choice === 'right' ? right : wrong);
    const answer = this.querySelector('details');
    if (choice === 'right' && answer !== null) answer.open = true;
  }

  #say(words: string): void {
    const status = this.querySelector('[role=status]');
    if (status !== null) status.textContent = words;
  }
}

customElements.define('site-exercise', SiteExercise);
