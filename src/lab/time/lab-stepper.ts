/**
 * `<lab-stepper>`: the controls that move a lab in time, and the list of its stops. It asks by the event `lab-go`, whose
 * detail chooses the step, and shows what it is told by `show`.
 */
import type { Replay } from '../../trace/replay.ts';
import { stepAfter, stepBefore, stepInto, stepOut, stepOver } from '../../trace/steps.ts';
import type { PlacedStop } from '../../trace/stops.ts';
import { replayToProfile } from './depth-profile.ts';
import { findPart } from '../find-part.ts';
import type { LabStop } from '../page-data.ts';
import type { MomentPane, Shown } from './moment-pane.ts';
import { momentToText } from './step-words.ts';
import { fill, type LabWords } from '../words.ts';

/** Chooses a step of a run, from the one that is shown (null when nobody steps); null for none. */
export type ChooseStep = (replay: Replay, from: number | null) => number | null;

const SVG = 'http://www.w3.org/2000/svg';

/** The element. */
export class LabStepper extends HTMLElement implements MomentPane {
  #listening = new AbortController();
  #words: LabWords['step'] | null = null;
  #stops: readonly PlacedStop<LabStop>[] = [];

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const ways: Readonly<Record<string, ChooseStep>> = {
      previous: (replay, from) => this.#back(replay, from),
      next: (replay, from) => this.#on(replay, from),
      into: (replay, from) => stepInto(replay, from ?? 0),
      over: (replay, from) => (from === null ? 1 : stepOver(replay, from)),
      out: (replay, from) => (from === null ? 1 : stepOut(replay, from)),
    };
    for (const [name, choose] of Object.entries(ways)) {
      this.#button(name).addEventListener(
        'click',
        () => {
          this.#ask(choose);
        },
        { signal },
      );
    }
    const slider = this.#slider;
    slider.addEventListener(
      'input',
      () => {
        const step = Number(slider.value);
        this.#ask(() => step);
      },
      { signal },
    );
    // The slider moves by the arrows itself; among the buttons they are Previous and Next.
    findPart(this, '.lab-step-bar', HTMLElement).addEventListener(
      'keydown',
      (event) => {
        const choose =
          event.key === 'ArrowLeft' ? ways.previous : event.key === 'ArrowRight' ? ways.next : undefined;
        if (choose === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        event.preventDefault();
        this.#ask(choose);
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#listening.abort();
  }

  /** Sets the words that steps are described with. */
  configure(words: LabWords['step']): void {
    this.#words = words;
  }

  /** Takes on a run; null while there is none to step through. */
  open(replay: Replay | null, stops: readonly PlacedStop<LabStop>[]): void {
    this.#stops = stops;
    this.classList.toggle('is-closed', replay === null);
    this.#slider.disabled = replay === null;
    for (const button of this.querySelectorAll('button')) {
      button.setAttribute('aria-disabled', String(replay === null));
    }
    if (replay !== null) this.#number();
    else for (const item of this.#items) item.hidden = false;
    if (replay === null) return;
    this.#slider.max = String(replay.length);
    this.#draw(replay);
  }

  /**
   * Sets the list in the order of this run: a warm one comes to its moments in another order than the recorded one, and
   * to some of them not at all.
   */
  #number(): void {
    const items = this.#items;
    const place = (item: HTMLElement): number =>
      this.#stops.findIndex(({ stop }) => stop.name === item.dataset.stop);
    for (const item of items) {
      item.hidden = place(item) === -1;
      findPart(item, 'a', HTMLAnchorElement).dataset.number = String(place(item) + 1);
    }
    const ordered = items.toSorted((a, b) => Number(a.hidden) - Number(b.hidden) || place(a) - place(b));
    // What is moved loses the focus, so nothing is moved that stands right.
    if (ordered.some((item, index) => item !== items[index])) items[0]?.parentElement?.append(...ordered);
  }

  show(shown: Shown | null): void {
    const slider = this.#slider;
    const where = findPart(this, '.lab-where', HTMLElement);
    const leave = findPart(this, '.lab-leave', HTMLButtonElement);
    const share = findPart(this, '.lab-share', HTMLButtonElement);
    // A hidden button would drop the focus to the top of the page.
    if (shown === null && (document.activeElement === leave || document.activeElement === share))
      this.#button('next').focus();
    leave.hidden = share.hidden = shown === null;
    findPart(this, '.lab-now', SVGElement).toggleAttribute('hidden', shown === null);
    const stop = this.#stops.findLast(({ step }) => step <= (shown?.moment.step ?? 0));
    for (const item of this.#items) {
      const isHere = stop !== undefined && item.dataset.stop === stop.stop.name;
      item.classList.toggle('is-here', isHere && stop.step === shown?.moment.step);
      item.classList.toggle('is-behind', isHere && stop.step !== shown?.moment.step);
      const link = findPart(item, 'a', HTMLAnchorElement);
      if (isHere) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    }
    const words = this.#words;
    if (shown === null || words === null) {
      slider.value = '1';
      where.textContent = where.dataset.idle ?? '';
      slider.removeAttribute('aria-valuetext');
      return;
    }
    const { moment } = shown;
    slider.value = String(moment.step);
    slider.setAttribute('aria-valuetext', momentToText(moment, words));
    where.textContent = fill(words.position, { step: moment.step, of: moment.of });
    this.#mark(moment.step, moment.of);
  }

  get #items(): readonly HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.lab-stops > li')];
  }

  get #slider(): HTMLInputElement {
    return findPart(this, 'input[type="range"]', HTMLInputElement);
  }

  get #goesByLine(): boolean {
    return findPart(this, '.lab-every-line', HTMLInputElement).checked || this.#stops.length === 0;
  }

  #button(name: string): HTMLButtonElement {
    return findPart(this, `button[value="${name}"]`, HTMLButtonElement);
  }

  #ask(choose: ChooseStep): void {
    this.dispatchEvent(new CustomEvent<ChooseStep>('lab-go', { bubbles: true, detail: choose }));
  }

  #on(replay: Replay, from: number | null): number {
    if (this.#goesByLine) return stepInto(replay, from ?? 0);
    return stepAfter(replay, from ?? 0, this.#steps);
  }

  #back(replay: Replay, from: number | null): number {
    if (from === null) return replay.length;
    return this.#goesByLine ? from - 1 : stepBefore(from, this.#steps);
  }

  get #steps(): readonly number[] {
    return this.#stops.map(({ step }) => step);
  }

  /** The picture of another run in the place of the recorded one. */
  #draw(replay: Replay): void {
    const { width, height, paths } = replayToProfile(replay);
    const picture = findPart(this, '.lab-profile', SVGSVGElement);
    picture.setAttribute('viewBox', `0 0 ${String(width)} ${String(height)}`);
    for (const path of picture.querySelectorAll('path')) path.setAttribute('d', paths[ownerOf(path)] ?? '');
    const ticks = findPart(this, '.lab-ticks', SVGSVGElement);
    ticks.setAttribute('viewBox', `0 0 ${String(replay.length)} 1`);
    ticks.replaceChildren(
      ...this.#stops.map(({ step }) => {
        const line = document.createElementNS(SVG, 'line');
        setColumn(line, step - 0.5);
        return line;
      }),
    );
  }

  #mark(step: number, of: number): void {
    const now = findPart(this, '.lab-now', SVGSVGElement);
    now.setAttribute('viewBox', `0 0 ${String(of)} 1`);
    const line = now.querySelector('line');
    if (line !== null) setColumn(line, step - 0.5);
  }
}

function ownerOf(path: Element): 'handler' | 'runtime' | 'library' {
  const owner = path.getAttribute('data-owner');
  return owner === 'handler' || owner === 'library' ? owner : 'runtime';
}

function setColumn(line: Element, x: number): void {
  const place = { x1: x, x2: x, y1: 0, y2: 1 };
  for (const [name, value] of Object.entries(place)) line.setAttribute(name, String(value));
}

customElements.define('lab-stepper', LabStepper);
