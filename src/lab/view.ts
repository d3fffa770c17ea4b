/**
 * What a lab shows of itself around its log: buttons, status, answer. `show` writes all of it from one
 * value, so that no two parts can disagree.
 */
import { findPart } from './find-part.ts';
import {
  endingToEnvironment,
  endingToKey,
  endingToLack,
  endingToPayload,
  endingToValues,
  type Ending,
  type EnvironmentState,
} from './output/outcome-words.ts';
import { LabPayload } from './output/payload.ts';
import type { Problem } from './problem-words.ts';
import { bytesToMegabytes, fillPlural, fill, type LabWords } from './words.ts';

/** What goes on in a lab. */
export type Activity =
  | { readonly kind: 'recorded'; readonly ending: Ending }
  | { readonly kind: 'loading'; readonly received: number; readonly total: number }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly cold: boolean }
  | {
      readonly kind: 'ended';
      readonly ending: Ending;
      /** Whether an invocation had begun: if none had, the log and the answer are still those of before. */
      readonly begun: boolean;
      readonly lines: number;
      readonly deadline: number;
      readonly state: EnvironmentState;
      /** Why it ended, where that was no part of the plan. */
      readonly problem: Problem | null;
    };

export class LabView {
  readonly #lab: Element;
  readonly #words: LabWords;
  readonly #language: string;
  readonly run: HTMLButtonElement;
  readonly stop: HTMLButtonElement;
  readonly reset: HTMLButtonElement;
  readonly retry: HTMLButtonElement;
  readonly #status: HTMLElement;
  readonly #progress: HTMLProgressElement;
  readonly #source: HTMLElement;
  readonly #payload: LabPayload;
  /** True once the log is one of the reader's own runs. */
  #live = false;
  /** True while the reader's texts are not the originals: then there is something to reset. */
  #changed = false;
  #sourceText: string;
  #busy = false;

  constructor(lab: Element, words: LabWords, language: string) {
    this.#lab = lab;
    this.#words = words;
    this.#language = language;
    this.run = findPart(lab, '.lab-run', HTMLButtonElement);
    this.stop = findPart(lab, '.lab-stop', HTMLButtonElement);
    this.reset = findPart(lab, '.lab-reset', HTMLButtonElement);
    this.retry = findPart(lab, '.lab-retry', HTMLButtonElement);
    this.#status = findPart(lab, '[role="status"]', HTMLElement);
    this.#progress = findPart(lab, '.lab-progress', HTMLProgressElement);
    this.#source = findPart(lab, '.lab-origin', HTMLElement);
    this.#payload = new LabPayload(lab);
    this.#sourceText = words.source.recorded;
  }

  /**
   * `changed`: the reader's texts are not the originals, so there is something to reset. `outdated`: what is
   * shown was printed by other texts than those that stand there now.
   */
  showEdit({ changed, outdated }: { readonly changed: boolean; readonly outdated: boolean }): void {
    this.#changed = changed;
    const { before } = this.#words.source;
    this.#source.textContent = outdated ? fill(before, { source: this.#sourceText }) : this.#sourceText;
    this.#setHidden(this.reset, this.#busy || (!this.#live && !changed));
  }

  show(activity: Activity): void {
    const { status, source, environment } = this.#words;
    switch (activity.kind) {
      case 'recorded':
        this.#live = false;
        this.#changed = false;
        this.#setSource(source.recorded);
        this.#answer(activity.ending, [environment[endingToEnvironment(activity.ending, 'recorded')]]);
        this.say(status.reset);
        break;
      case 'loading':
        this.#sayLoading(activity.received, activity.total);
        break;
      case 'starting':
        this.say(status.starting);
        break;
      case 'running':
        this.#live = true;
        this.#setSource(activity.cold ? source.cold : source.warm);
        this.#answer(null, []);
        this.say(status.running);
        break;
      case 'ended':
        this.#showEnd(activity);
        break;
      default:
        activity satisfies never;
    }
    this.#showControls(activity);
  }

  /** Says it in the lab's one status, which assistive technology reads out. */
  say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  #showEnd({ ending, begun, lines, deadline, state, problem }: Activity & { kind: 'ended' }): void {
    const { status, outcome, environment, lack } = this.#words;
    if (begun) {
      const lacking = endingToLack(ending);
      const sentences = [environment[endingToEnvironment(ending, state)]];
      if (lacking !== null) sentences.unshift(lack[lacking]);
      this.#answer(ending, sentences, deadline);
    }
    if (problem !== null) this.say(fill(this.#words.problem[problem.key], problem.values));
    else if (ending.status === 'stopped') this.say(status.stopped);
    else if (ending.status === 'limited') this.say(this.#fillOutcome(outcome[ending.by], ending, deadline));
    else this.say(fillPlural(status.finished, lines, this.#language));
  }

  /** Words for the ear come in steps of a twentieth; the bar moves with every piece. */
  #sayLoading(received: number, total: number): void {
    const step = Math.floor((20 * received) / total);
    if (step !== Math.floor(20 * this.#progress.position) || this.#progress.hidden) {
      this.say(
        fill(this.#words.status.loading, {
          received: bytesToMegabytes(received, this.#language),
          total: bytesToMegabytes(total, this.#language),
        }),
      );
    }
    this.#progress.max = total;
    this.#progress.value = received;
  }

  /** How it ended and what the caller got; null while that is still open. */
  #answer(ending: Ending | null, environment: readonly string[], deadline = 0): void {
    const { outcome } = this.#words;
    const payload = ending === null ? null : endingToPayload(ending);
    // While the answer is awaited its place is kept.
    this.#payload.show(payload ?? '', ending !== null && payload === null);
    findPart(this.#lab, '.lab-outcome', HTMLElement).textContent =
      ending === null ? outcome.waiting : this.#fillOutcome(outcome[endingToKey(ending)], ending, deadline);
    const about = findPart(this.#lab, '.lab-environment', HTMLElement);
    about.replaceChildren(
      ...environment.flatMap((sentence, at) =>
        at === 0 ? [sentence] : [about.ownerDocument.createElement('br'), sentence],
      ),
    );
  }

  #fillOutcome(text: string, ending: Ending, deadline: number): string {
    return fill(text, endingToValues(ending, deadline, this.#language));
  }

  #setSource(text: string): void {
    this.#sourceText = text;
    this.#source.textContent = text;
  }

  #showControls(activity: Activity): void {
    const busy = (this.#busy = activity.kind !== 'recorded' && activity.kind !== 'ended');
    const problem = activity.kind === 'ended' ? activity.problem : null;
    // Not `disabled`: that would take the focus from the button that was pressed a moment ago.
    this.run.setAttribute('aria-disabled', String(busy));
    this.#progress.hidden = activity.kind !== 'loading';
    this.#status.classList.toggle('is-problem', problem !== null);
    this.#setHidden(this.stop, !busy);
    this.#setHidden(this.reset, busy || (!this.#live && !this.#changed));
    this.#setHidden(this.retry, problem?.retry !== true);
  }

  #setHidden(button: HTMLButtonElement, hidden: boolean): void {
    // A hidden button would drop the focus to the top of the page.
    if (hidden && button === button.ownerDocument.activeElement) this.run.focus({ preventScroll: true });
    button.hidden = hidden;
  }
}
