/** `<exercise-progress>`: tells how many exercises were solved in this browser, and marks their articles in the list. */
import { ownValue } from '../../trace/own-value.ts';
import { forgetStandings, readStandings } from '../../lab/exercise/progress.ts';
import { fill } from '../../lab/words.ts';

class ExerciseProgress extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => {
      forgetStandings();
      this.#show();
      // Its button is gone with it.
      document.querySelector<HTMLElement>('.contents-page a')?.focus();
    });
    this.#show();
  }

  #show(): void {
    const standings = readStandings();
    const marks = [...document.querySelectorAll<HTMLElement>('[data-exercise]')];
    const solved = marks.filter(({ dataset }) => ownValue(standings, dataset.exercise ?? '') === 'solved');
    for (const mark of marks) mark.hidden = !solved.includes(mark);
    this.hidden = Object.keys(standings).length === 0;
    const says = this.querySelector('[role=status]');
    const count = new Set(marks.map(({ dataset }) => dataset.exercise)).size;
    const done = new Set(solved.map(({ dataset }) => dataset.exercise)).size;
    if (says !== null) says.textContent = fill(this.dataset.says ?? '', { done, count });
  }
}

customElements.define('exercise-progress', ExerciseProgress);
