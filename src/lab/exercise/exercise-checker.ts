/** What an exercise does once its lab is there: it runs attempts, and says of each statement whether it is true and where to look. */
import { ownValue } from '../../trace/own-value.ts';
import type { AttemptedRun, Look } from '../../exercise/attempted-run.ts';
import type { ExerciseFile, Statement } from '../../exercise/exercise-schema.ts';
import { judge, mayGoOn, type Verdict } from '../../exercise/judge.ts';
import { differenceToNodes } from '../code/difference-nodes.ts';
import { findPart } from '../find-part.ts';
import { LabRoot } from '../lab-root.ts';
import { makeElement } from '../make-element.ts';
import { pathToName } from '../path-to-name.ts';
import { fill } from '../words.ts';
import { uncheckedToSentence, type UncheckedWords } from './unchecked-words.ts';
import { keepStanding, readStandings, type Standing } from './progress.ts';

/** What comes with the lab: the JSON in its first script element. */
export interface ExerciseData extends Pick<ExerciseFile, 'mayEnd'> {
  readonly id: string;
  /** Their sentences stand on the page. */
  readonly statements: readonly Pick<Statement, 'is' | 'look'>[];
  /** The events of the runs, as JSON text. */
  readonly events: readonly string[];
  /** The texts of a solution that differ from the lab's own, by path. */
  readonly solution: Readonly<Record<string, string>>;
  readonly words: ExerciseWords;
}

/** What it says, with places between braces. */
export interface ExerciseWords {
  readonly checking: string;
  readonly busy: string;
  readonly solved: string;
  /** The texts are others than those that were checked. */
  readonly changed: string;
  readonly someTrue: string;
  readonly marks: Readonly<Record<Verdict['is'], string>>;
  readonly look: string;
  readonly lookRun: string;
  readonly unchecked: UncheckedWords;
}

/** The exercise of one element. */
export class ExerciseChecker {
  readonly #element: HTMLElement;
  readonly #data: ExerciseData;
  readonly #lab: LabRoot;
  readonly #items: readonly Item[];
  /** The runs of the last attempt. */
  #runs: readonly AttemptedRun[] = [];
  #isChecking = false;
  /** The texts that the marks are of, as JSON; null where there are no marks. */
  #checked: string | null = null;

  /** Lays the fetched HTML into the element. */
  constructor(element: HTMLElement, html: string) {
    this.#element = element;
    const place = findPart(element, '.exercise-lab', HTMLElement);
    const template = makeElement(document, 'template', '');
    template.innerHTML = html;
    // The page has the labs' scripts.
    for (const script of template.content.querySelectorAll('script:not([type="application/json"])'))
      script.remove();
    place.replaceChildren(document.importNode(template.content, true));
    const hints = findPart(place, '.exercise-hints', HTMLTemplateElement).content.querySelectorAll('p');
    this.#data = JSON.parse(
      findPart(place, ':scope > script', HTMLScriptElement).textContent,
    ) as ExerciseData;
    this.#lab = findPart(place, 'lab-root', LabRoot);
    this.#items = [...element.querySelectorAll<HTMLElement>('.exercise-statements > li')].map((item, index) =>
      this.#furnish(item, hints[index]),
    );
    const solution = findPart(element, '.exercise-solution', HTMLDetailsElement);
    // The reader's code becomes another one while it is open.
    for (const type of ['toggle', 'input'] as const)
      element.addEventListener(
        type,
        () => {
          if (solution.open) this.#compare();
        },
        { capture: true },
      );
    // Edited, or taken back by one of the lab's buttons.
    for (const type of ['lab-edit', 'click'])
      element.addEventListener(type, () => {
        this.#followTexts();
      });
    this.#stand(ownValue(readStandings(), this.#data.id) ?? null);
  }

  /** Runs the reader's code, and says what came of it. */
  async check(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    const { words, events } = this.#data;
    this.#say(words.checking);
    const texts = JSON.stringify(this.#lab.texts);
    try {
      const runs = await this.#lab.attempt(events, (run) => mayGoOn(this.#data, run));
      if (runs === null) {
        this.#say(words.busy);
        return;
      }
      this.#runs = runs;
      this.#show(judge(this.#data, runs, events.length));
      this.#checked = texts;
      this.#followTexts();
    } finally {
      this.#isChecking = false;
    }
  }

  /** What was true of other texts is taken away. */
  #followTexts(): void {
    if (this.#checked === null || JSON.stringify(this.#lab.texts) === this.#checked) return;
    this.#checked = null;
    for (const { item, hint, look } of this.#items) {
      delete item.dataset.is;
      findPart(item, '.statement-mark', HTMLElement).textContent = this.#data.words.marks.unchecked;
      if (hint !== null) hint.hidden = true;
      look.hidden = true;
    }
    this.#say(this.#data.words.changed);
  }

  #furnish(item: HTMLElement, hint: HTMLElement | undefined): Item {
    const look = makeElement(document, 'button', 'button is-quiet statement-look');
    look.type = 'button';
    look.hidden = true;
    if (hint !== undefined) {
      hint.hidden = true;
      item.append(hint);
    }
    item.append(look);
    return { item, hint: hint ?? null, look };
  }

  #show(verdicts: readonly Verdict[]): void {
    const { id, words } = this.#data;
    for (const [index, item] of this.#items.entries()) {
      const verdict = verdicts[index];
      if (verdict !== undefined) this.#mark(item, verdict);
    }
    const first = verdicts.findIndex(({ is }) => is !== 'true');
    const verdict = verdicts[first];
    if (verdict === undefined) this.#say(words.solved);
    else if (verdict.is === 'unchecked') this.#say(uncheckedToSentence(verdict.reason, words.unchecked));
    else {
      const done = verdicts.filter(({ is }) => is === 'true').length;
      const says = this.#items[first]?.item.querySelector('.statement-sentence')?.textContent.trim() ?? '';
      this.#say(fill(words.someTrue, { true: done, count: verdicts.length, says }));
    }
    const isSolved = verdict === undefined;
    findPart(this.#element, '.exercise-why', HTMLElement).hidden = !isSolved;
    const standing = isSolved ? 'solved' : 'tried';
    keepStanding(id, standing);
    this.#stand(standing);
  }

  #mark({ item, hint, look: button }: Item, verdict: Verdict): void {
    const { words } = this.#data;
    item.dataset.is = verdict.is;
    findPart(item, '.statement-mark', HTMLElement).textContent = words.marks[verdict.is];
    if (hint !== null) hint.hidden = verdict.is !== 'not-yet';
    const look = verdict.is === 'not-yet' ? verdict.look : null;
    button.hidden = look === null;
    if (look === null) return;
    button.textContent = this.#runs.length === 1 ? words.look : fill(words.lookRun, { run: look.run });
    button.onclick = () => void this.#look(look);
  }

  async #look(look: Look): Promise<void> {
    await this.#lab.showAttempt(this.#runs, look);
    this.#lab.scrollIntoView({ block: 'nearest' });
  }

  /** A solution is there for whoever has tried. */
  #stand(standing: Standing | null): void {
    findPart(this.#element, '.exercise-solution', HTMLElement).hidden = standing === null;
    findPart(this.#element, '.exercise-before', HTMLElement).hidden = standing !== 'solved';
  }

  #compare(): void {
    const { texts } = this.#lab;
    findPart(this.#element, '.exercise-solution pre', HTMLPreElement).replaceChildren(
      ...Object.entries(this.#data.solution).flatMap(([path, text]) =>
        differenceToNodes({ title: pathToName(path), original: ownValue(texts, path) ?? '', text }),
      ),
    );
  }

  #say(text: string): void {
    findPart(this.#element, '.exercise-acts [role=status]', HTMLElement).textContent = text;
  }
}

/** One statement on the page. */
interface Item {
  readonly item: HTMLElement;
  /** What is said while it is not true yet. */
  readonly hint: HTMLElement | null;
  /** Leads to the moment. */
  readonly look: HTMLButtonElement;
}
