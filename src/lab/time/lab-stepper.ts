/**
 * `<lab-stepper>`: the one bar that moves a lab in time. Folded to a line until the reader steps; then it has the sentence of
 * the moment, and below it a row that never moves. Asks by `lab-go`, whose detail chooses the step.
 */
import type { Replay } from '../../trace/replay.ts';
import { stepAfter, stepBefore, stepInto, stepOut, stepOver } from '../../trace/steps.ts';
import type { PlacedStop } from '../../trace/stops.ts';
import { replayToProfile, stepsToTicks } from './depth-profile.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import type { LabStop } from '../page-data.ts';
import type { ChooseStep, MomentPane, Shown } from './moment-pane.ts';
import { momentToText } from './step-words.ts';
import { fill, type LabWords } from '../words.ts';

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
    const open = this.#openButton;
    for (const [button, choose] of [
      ...Object.entries(ways).map(([name, choose]) => [this.#button(name), choose] as const),
      [open, ways.next] as const,
    ]) {
      button.addEventListener(
        'click',
        () => {
          if (choose !== undefined) send(this, 'lab-go', choose);
        },
        { signal },
      );
    }
    const slider = this.#slider;
    slider.addEventListener(
      'input',
      () => {
        const step = Number(slider.value);
        send(this, 'lab-go', () => step);
      },
      { signal },
    );
    const select = this.#select;
    select.addEventListener(
      'change',
      () => {
        const stop = this.#stops.find(({ stop }) => stop.name === select.value);
        if (stop !== undefined) send(this, 'lab-go', () => stop.step);
      },
      { signal },
    );
    findPart(this, '.time-leave', HTMLButtonElement).addEventListener(
      'click',
      () => {
        send(this, 'lab-leave');
      },
      { signal },
    );
    const finer = findPart(this, '.time-more', HTMLButtonElement);
    finer.addEventListener(
      'click',
      () => {
        const isFine = this.classList.toggle('is-fine');
        finer.setAttribute('aria-expanded', String(isFine));
      },
      { signal },
    );
    // Among the buttons the arrow keys are Previous and Next; the slider and the list move by them themselves.
    this.addEventListener(
      'keydown',
      (event) => {
        if (!(event.target instanceof HTMLButtonElement) || event.target === this.#openButton) return;
        const choose =
          event.key === 'ArrowLeft' ? ways.previous : event.key === 'ArrowRight' ? ways.next : undefined;
        if (choose === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        event.preventDefault();
        send(this, 'lab-go', choose);
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
    const isClosed = replay === null;
    this.classList.toggle('is-closed', isClosed);
    this.#slider.disabled = this.#select.disabled = isClosed;
    for (const button of this.querySelectorAll('button'))
      button.setAttribute('aria-disabled', String(isClosed));
    if (replay === null) return;
    const open = this.#openButton;
    open.textContent = fill(open.dataset.words ?? '', { count: replay.length });
    this.#slider.max = String(replay.length);
    this.#list();
    this.#draw(replay);
  }

  show(shown: Shown | null): void {
    const slider = this.#slider;
    const words = this.#words;
    const open = this.#openButton;
    const focused = document.activeElement;
    findPart(this, '.lab-now', SVGElement).toggleAttribute('hidden', shown === null);
    if (shown === null || words === null) {
      // What goes away would drop the focus to the top of the page.
      const isInside = focused !== null && focused !== document.body && this.contains(focused);
      open.hidden = false;
      this.#select.hidden = true;
      if (isInside) open.focus({ preventScroll: true });
      slider.value = '1';
      slider.removeAttribute('aria-valuetext');
      return;
    }
    this.#select.hidden = false;
    if (focused === open) this.#button('next').focus({ preventScroll: true });
    open.hidden = true;
    const { moment } = shown;
    const text = momentToText(moment, words);
    slider.value = String(moment.step);
    slider.setAttribute('aria-valuetext', text);
    const here = this.#stops.find(({ step }) => step === moment.step);
    const between = findPart(this.#select, 'option', HTMLOptionElement);
    between.hidden = here !== undefined;
    between.textContent = fill(words.position, { step: moment.step, of: moment.of });
    this.#select.value = here?.stop.name ?? '';
    findPart(this, '.time-says', HTMLElement).textContent = here === undefined ? text : this.#saysOf(here);
    this.#mark(moment.step, moment.of);
  }

  /** The moments of this run as the select offers them: a warm run comes to them in another order, and to some not at all. */
  #list(): void {
    const between = document.createElement('option');
    between.value = '';
    between.hidden = true;
    const { length } = this.#stops;
    const options = this.#stops.map(({ stop }, index) => {
      const option = document.createElement('option');
      option.value = stop.name;
      const title = this.#item(stop.name)?.querySelector('a')?.textContent.trim() ?? stop.name;
      option.textContent = fill(this.#words?.moment ?? '{title}', {
        number: index + 1,
        count: length,
        title,
      });
      return option;
    });
    this.#select.replaceChildren(between, ...options);
  }

  #saysOf({ stop }: PlacedStop<LabStop>): string {
    return this.#item(stop.name)?.querySelector('.lab-stop-says')?.textContent.trim() ?? '';
  }

  #item(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`.lab-stops > [data-stop="${CSS.escape(name)}"]`);
  }

  get #slider(): HTMLInputElement {
    return findPart(this, 'input[type="range"]', HTMLInputElement);
  }

  get #select(): HTMLSelectElement {
    return findPart(this, '.time-select', HTMLSelectElement);
  }

  get #openButton(): HTMLButtonElement {
    return findPart(this, '.time-open', HTMLButtonElement);
  }

  #button(name: string): HTMLButtonElement {
    return findPart(this, `button[value="${name}"]`, HTMLButtonElement);
  }

  #on(replay: Replay, from: number | null): number {
    if (this.#stops.length === 0) return stepInto(replay, from ?? 0);
    return stepAfter(replay, from ?? 0, this.#steps);
  }

  #back(replay: Replay, from: number | null): number {
    if (from === null) return replay.length;
    return this.#stops.length === 0 ? from - 1 : stepBefore(from, this.#steps);
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
    ticks.querySelector('path')?.setAttribute('d', stepsToTicks(this.#steps));
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
