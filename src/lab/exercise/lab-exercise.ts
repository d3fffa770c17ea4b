/**
 * `<lab-exercise>`: a task, the statements that have to be true, and the lab to do it in. Check runs the reader's code and says
 * of each statement whether it is true, and where to look. The statements are judged by what happened, never by the code.
 */
import type { ExerciseFile } from '../../exercise/exercise-schema.ts';
import { judge, mayGoOn, type AttemptedRun, type Look, type Verdict } from '../../exercise/judge.ts';
import { uncheckedToSentence, type UncheckedWords } from '../../exercise/verdict-words.ts';
import { differenceToNodes } from '../code/difference-nodes.ts';
import { findPart } from '../find-part.ts';
import { LabRoot } from '../lab-root.ts';
import { pathToName } from '../path-to-name.ts';
import { fill } from '../words.ts';
import { keepStanding, readStandings, type Standing } from './progress.ts';

/** What the page says to it: the JSON in its own script element. */
export interface ExerciseData extends Pick<ExerciseFile, 'mayEnd' | 'statements'> {
  readonly id: string;
  /** The events of the runs, as JSON text. */
  readonly events: readonly string[];
  /** The texts of a solution that differ from the lab's own, by path. */
  readonly solution: Readonly<Record<string, string>>;
  /** The statements' sentences in the page's language, and what is said while they are not true yet. */
  readonly sentences: readonly { readonly says: string; readonly notYet: string }[];
  readonly words: ExerciseWords;
}

/** What it says, with places between braces. */
export interface ExerciseWords {
  readonly checking: string;
  readonly busy: string;
  readonly solved: string;
  readonly someTrue: string;
  readonly marks: Readonly<Record<Verdict['is'], string>>;
  readonly look: string;
  readonly lookRun: string;
  readonly unchecked: UncheckedWords;
}

class LabExercise extends HTMLElement {
  #listening = new AbortController();
  /** The runs of the last attempt. */
  #runs: readonly AttemptedRun[] = [];
  #isChecking = false;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const data = JSON.parse(findPart(this, ':scope > script', HTMLScriptElement).textContent) as ExerciseData;
    const check = findPart(this, '.exercise-check', HTMLButtonElement);
    check.addEventListener('click', () => void this.#check(data), { signal });
    const solution = findPart(this, '.exercise-solution', HTMLDetailsElement);
    solution.addEventListener(
      'toggle',
      () => {
        if (solution.open) this.#compare(data);
      },
      { signal },
    );
    // The reader's code is another one now.
    this.addEventListener(
      'lab-edit',
      () => {
        if (solution.open) this.#compare(data);
      },
      { signal },
    );
    this.#stand(readStandings()[data.id] ?? null);
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  async #check(data: ExerciseData): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    this.#say(data.words.checking);
    const { mayEnd } = data;
    const runs = await this.#lab.attempt(data.events, (run) => mayGoOn({ mayEnd }, run));
    this.#isChecking = false;
    if (runs === null) {
      this.#say(data.words.busy);
      return;
    }
    this.#runs = runs;
    this.#show(data, judge(data, runs, data.events.length));
  }

  #show(data: ExerciseData, verdicts: readonly Verdict[]): void {
    const { words, sentences } = data;
    for (const [index, item] of [
      ...this.querySelectorAll<HTMLElement>('.exercise-statements > li'),
    ].entries()) {
      const verdict = verdicts[index];
      if (verdict !== undefined) this.#mark(item, verdict, words);
    }
    const isSolved = verdicts.every(({ is }) => is === 'true');
    const first = verdicts.findIndex(({ is }) => is !== 'true');
    const verdict = verdicts[first];
    if (verdict === undefined) this.#say(words.solved);
    else if (verdict.is === 'unchecked') this.#say(uncheckedToSentence(verdict.reason, words.unchecked));
    else {
      const done = verdicts.filter(({ is }) => is === 'true').length;
      const says = sentences[first]?.says.replaceAll('`', '') ?? '';
      this.#say(fill(words.someTrue, { true: done, count: verdicts.length, says }));
    }
    findPart(this, '.exercise-why', HTMLElement).hidden = !isSolved;
    const standing = isSolved ? 'solved' : 'tried';
    keepStanding(data.id, standing);
    this.#stand(standing);
  }

  #mark(item: HTMLElement, verdict: Verdict, words: ExerciseWords): void {
    item.dataset.is = verdict.is;
    findPart(item, '.statement-mark', HTMLElement).textContent = words.marks[verdict.is];
    findPart(item, '.statement-not-yet', HTMLElement).hidden = verdict.is !== 'not-yet';
    const button = findPart(item, '.statement-look', HTMLButtonElement);
    const look = verdict.is === 'not-yet' ? verdict.look : null;
    button.hidden = look === null;
    if (look === null) return;
    button.textContent = this.#runs.length === 1 ? words.look : fill(words.lookRun, { run: look.run });
    button.onclick = () => void this.#look(look);
  }

  async #look(look: Look): Promise<void> {
    const lab = this.#lab;
    await lab.showAttempt(this.#runs, look);
    lab.scrollIntoView({ block: 'nearest' });
  }

  /** A solution is there for whoever has tried. */
  #stand(standing: Standing | null): void {
    findPart(this, '.exercise-solution', HTMLElement).hidden = standing === null;
    findPart(this, '.exercise-before', HTMLElement).hidden = standing !== 'solved';
  }

  #compare({ solution }: ExerciseData): void {
    const { texts } = this.#lab;
    findPart(this, '.exercise-solution pre', HTMLPreElement).replaceChildren(
      ...Object.entries(solution).flatMap(([path, text]) =>
        differenceToNodes({ title: pathToName(path), original: texts[path] ?? '', text }),
      ),
    );
  }

  #say(text: string): void {
    findPart(this, '.exercise-acts [role=status]', HTMLElement).textContent = text;
  }

  get #lab(): LabRoot {
    return findPart(this, 'lab-root', LabRoot);
  }
}

customElements.define('lab-exercise', LabExercise);
