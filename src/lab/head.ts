/**
 * What stands around a lab's code and views: the head with the environment, the status and the buttons, and the answer below
 * the output. All of it is drawn from the session, so that no two parts can disagree.
 */
import { cutText } from './cut-text.ts';
import { findPart } from './find-part.ts';
import {
  endingToEnvironment,
  type EnvironmentKind,
  endingToKey,
  endingToPayload,
  endingToValues,
  type Ending,
} from './output/outcome-words.ts';
import { LabPayload } from './output/payload.ts';
import { canReset, isBusy, isOutdated, isRedeployed, type Session } from './session.ts';
import { bytesToMegabytes, fillPlural, fill, type LabWords } from './words.ts';

/** Characters of a sentence in the status: an error that Python tells may have millions. */
const MAX_STATUS = 500;

/** The head and the answer of one lab. */
export class LabHead {
  readonly run: HTMLButtonElement;
  readonly stop: HTMLButtonElement;
  readonly reset: HTMLButtonElement;
  readonly retry: HTMLButtonElement;
  readonly #lab: Element;
  readonly #words: LabWords;
  readonly #language: string;
  readonly #status: HTMLElement;
  readonly #progress: HTMLProgressElement;
  readonly #payload: LabPayload;
  /** What the status and the answer were last made of: they are written when that changes, and at no other time. */
  #activity: Session['activity'] | null = null;
  #ending: Ending | null | undefined;

  constructor(lab: Element, words: LabWords, language: string) {
    this.#lab = lab;
    this.#words = words;
    this.#language = language;
    this.run = findPart(lab, '.lab-run', HTMLButtonElement);
    this.stop = findPart(lab, '.lab-stop', HTMLButtonElement);
    this.stop.addEventListener('keydown', (event) => {
      // The key that has pressed Run is still held.
      if (event.repeat) event.preventDefault();
    });
    this.reset = findPart(lab, '.lab-reset', HTMLButtonElement);
    this.retry = findPart(lab, '.lab-retry', HTMLButtonElement);
    this.#status = findPart(lab, '[role="status"]', HTMLElement);
    this.#progress = findPart(lab, '.lab-progress', HTMLProgressElement);
    this.#payload = new LabPayload(lab, words.cut, language);
  }

  /** The page came with this session: its words are in the markup already. */
  adopt(session: Session): void {
    this.#activity = session.activity;
    this.#ending = session.run.ending;
    this.show(session);
  }

  show(session: Session): void {
    const { activity, run } = session;
    if (activity !== this.#activity) this.#sayActivity(session);
    if (run.ending !== this.#ending) this.#showAnswer(session);
    this.#activity = activity;
    this.#ending = run.ending;
    this.#showEnvironment(session);
    this.#showLife(session);
    this.#showPrinted(session);
    const problem = activity.kind === 'ended' ? activity.problem : null;
    // Not `disabled`: that would take the focus from the button that was pressed a moment ago.
    this.run.setAttribute('aria-disabled', String(isBusy(session)));
    this.#progress.hidden = activity.kind !== 'loading';
    this.#status.classList.toggle('is-problem', problem !== null);
    this.#setHidden(this.stop, !isBusy(session));
    this.#setHidden(this.reset, !canReset(session));
    this.#setHidden(this.retry, problem?.retry !== true);
  }

  /** Says it in the lab's one status, which assistive technology reads out. */
  say(sentence: string): void {
    const text = cutText(sentence, MAX_STATUS);
    if (this.#status.textContent === text) return;
    this.#status.textContent = text;
    // Its row holds one line; what does not fit can be read whole.
    this.#status.title = text;
  }

  #sayActivity({ activity }: Session): void {
    const { status, outcome } = this.#words;
    switch (activity.kind) {
      case 'idle':
        this.say(status.reset);
        return;
      case 'loading':
        this.#sayLoading(activity.received, activity.total);
        return;
      case 'starting':
        this.say(status.starting);
        return;
      case 'running':
        this.say(status.running);
        return;
      case 'ended':
        break;
      default:
        activity satisfies never;
    }
    const { problem, ending, lines, deadline } = activity;
    if (problem !== null) this.say(problem.text);
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

  /** How the run ended and what the caller got; nothing while that is still open. */
  #showAnswer({ run: { ending }, activity }: Session): void {
    const { outcome } = this.#words;
    const payload = ending === null ? null : endingToPayload(ending);
    const deadline = activity.kind === 'ended' ? activity.deadline : 0;
    // While the answer is awaited its place is kept.
    this.#payload.show(payload ?? '', ending !== null && payload === null);
    const sentences = [
      ending === null ? outcome.waiting : this.#fillOutcome(outcome[endingToKey(ending)], ending, deadline),
      ...(activity.kind === 'ended' ? activity.notes : []),
    ];
    findPart(this.#lab, '.lab-outcome', HTMLElement).textContent = sentences.join(' ');
    const isError = ending !== null && ending.status !== 'returned' && ending.status !== 'completed';
    findPart(this.#lab, '.lab-answer', HTMLElement).dataset.ending = isError ? 'error' : 'answer';
  }

  /** What the next run finds: of the environment that there is now, whatever became of the run that is shown. */
  #showEnvironment(session: Session): void {
    const { environment: words } = this.#words;
    const { run, environment } = session;
    const about = findPart(this.#lab, '.lab-environment', HTMLElement);
    let text = '';
    if (run.ending !== null) {
      const state = run.number === 0 ? 'recorded' : environment;
      const kind = (this.#lab.getAttribute('data-environment') ?? 'single') as EnvironmentKind;
      const key = endingToEnvironment(run.ending, state, kind);
      const isThere = key === 'kept' || key === 'repeated' || key === 'reset' || key === 'turn';
      const isLost = run.number > 0 && isThere && isRedeployed(session);
      text = isLost ? words.changed : words[key];
    }
    if (about.textContent !== text) about.textContent = text;
  }

  /** The sign and the words of the environment in the head. */
  #showLife({ run, environment }: Session): void {
    const { life } = this.#words;
    const isAlive = environment === 'warm' || environment === 'running' || environment === 'turn';
    const isReset = environment === 'reset';
    const state = isAlive ? 'alive' : isReset ? 'reset' : run.number > 0 ? 'gone' : 'none';
    const head = findPart(this.#lab, '.bench-life', HTMLElement);
    head.dataset.life = state;
    findPart(head, '.life-sign', HTMLElement).setAttribute('aria-label', life[state]);
    const begun = run.reset ? life.began : life.cold;
    const ran = run.cold ? begun : fill(life.warm, { number: run.number });
    const process = run.process === null ? ran : fill(life.process, { number: run.process });
    const text = run.number === 0 ? life.recorded : process;
    const words = findPart(head, '.life-text', HTMLElement);
    if (words.textContent !== text) words.textContent = text;
  }

  /** Which run has printed what is shown, and whether other texts did. */
  #showPrinted(session: Session): void {
    const { source } = this.#words;
    const { run } = session;
    const begun = run.reset || (run.process ?? 1) > 1 ? source.reset : source.cold;
    const text = run.number === 0 ? source.recorded : run.cold ? begun : source.warm;
    const words = isOutdated(session) ? fill(source.before, { source: text }) : text;
    const printed = findPart(this.#lab, '.lab-origin', HTMLElement);
    if (printed.textContent !== words) printed.textContent = words;
  }

  #fillOutcome(text: string, ending: Ending, deadline: number): string {
    return fill(text, endingToValues(ending, deadline, this.#language, this.#words.bounds));
  }

  #setHidden(button: HTMLButtonElement, hidden: boolean): void {
    // A hidden button would drop the focus to the top of the page; Stop takes the place of Run, and gives it back.
    const focused = button.ownerDocument.activeElement;
    if (hidden && button === focused) this.run.focus({ preventScroll: true });
    button.hidden = hidden;
    if (!hidden && button === this.stop && focused === this.run) button.focus({ preventScroll: true });
  }
}
