/**
 * `<lab-exercise>`: a task, the statements that have to be true, and the lab to do it in, which is fetched when the reader comes
 * near. Check runs the reader's code; `exercise-checker.ts` says what came of it.
 */
import { findPart } from '../find-part.ts';
import type { ExerciseChecker } from './exercise-checker.ts';

/** Pixels from the reader's window at which the lab is fetched. */
const NEAR = 1200;

class LabExercise extends HTMLElement {
  #listening = new AbortController();
  #checker: Promise<ExerciseChecker> | null = null;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    findPart(this, '.exercise-check', HTMLButtonElement).addEventListener('click', () => void this.#check(), {
      signal,
    });
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        this.#bring().catch(() => undefined);
      },
      { rootMargin: `${String(NEAR)}px` },
    );
    observer.observe(this);
    signal.addEventListener('abort', () => {
      observer.disconnect();
    });
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  async #check(): Promise<void> {
    try {
      const checker = await this.#bring();
      await checker.check();
    } catch {
      findPart(this, '.exercise-acts [role=status]', HTMLElement).textContent = this.dataset.failed ?? '';
    }
  }

  /** The lab and what checks it, fetched once; what could not be fetched is asked for again the next time. */
  async #bring(): Promise<ExerciseChecker> {
    this.#checker ??= this.#fetch();
    try {
      return await this.#checker;
    } catch (error) {
      this.#checker = null;
      throw error;
    }
  }

  async #fetch(): Promise<ExerciseChecker> {
    const { from = '' } = this.dataset;
    const [response, { ExerciseChecker }] = await Promise.all([fetch(from), import('./exercise-checker.ts')]);
    if (!response.ok) throw new Error(`${from} answered ${String(response.status)}.`);
    const { html } = (await response.json()) as { readonly html: string };
    return new ExerciseChecker(this, html);
  }
}

customElements.define('lab-exercise', LabExercise);
