/**
 * `<lab-pair>`: one handler on two platforms, side by side, on their recordings. One slider moves both; they come to the
 * moments that they have in common at once. What each side shows are the panes of any lab.
 */
import { alignRuns, replayToSide, type Alignment } from '../../trace/align.ts';
import type { MarkName } from '../../trace/marks.ts';
import type { RecordedRun } from '../../trace/format.ts';
import { Replay } from '../../trace/replay.ts';
import { stepToLine } from '../../trace/steps.ts';
import type { BroughtToLab } from '../brought-labs.ts';
import { copyText } from '../copy-text.ts';
import { findPart } from '../find-part.ts';
import { makeElement } from '../make-element.ts';
import type { Places } from '../output/frame-links.ts';
import { readLabPage, type LabPage } from '../page-data.ts';
import { RunLog } from '../run-log.ts';
import { LabMessages } from '../messages/lab-messages.ts';
import { LabCode } from '../code/lab-code.ts';
import { LabStack } from '../stack/lab-stack.ts';
import { Tabs, showPanel } from '../tabs.ts';
import type { ChooseStep, MomentPane, Shown } from '../time/moment-pane.ts';
import { ADDRESS_DELAY, rememberMoment } from '../time/remember-moment.ts';
import { fragmentToMoment, momentToFragment } from '../time/step-address.ts';
import { momentToText } from '../time/step-words.ts';
import { guardPane, setFaultSentence } from '../view-fault.ts';
import { fill, type LabWords } from '../words.ts';

/** What the page hands to a pair, as JSON inside it: words are those of the page's labs, of which it has one at least. */
export interface WrittenPair {
  /** `{left}` and `{right}` are what happens on either side; `failed` is said when a recording does not come. */
  readonly value: string;
  readonly failed: string;
  /** What the addresses of its moments' pages begin with: the mark's name follows. */
  readonly moments: string;
  readonly sides: readonly PairSide[];
}

interface PairData extends WrittenPair, Pick<LabPage, 'words' | 'language' | 'owners'> {}

/** One platform of a pair: where its recorded run and its files are. */
export interface PairSide {
  readonly title: string;
  readonly trace: string;
  readonly places: Places;
}

/** A side that is a run of the reader's in the place of a recording. */
export interface LivingSide {
  readonly run: Pick<RecordedRun, 'events'>;
  readonly title: string;
  readonly places: Places;
  /** Texts that lie on no page of the site, by path; null for a path that has one. */
  readonly fileOf: BroughtToLab['fileOf'];
  /** The words of its messages. */
  readonly words: LabWords;
  /** What the button says that begins to step: `{count}` are the steps. */
  readonly open: string;
}

interface Opened {
  readonly replays: readonly [Replay, Replay];
  readonly alignment: Alignment;
}

export class LabPair extends HTMLElement {
  #listening = new AbortController();
  #opened: Promise<Opened> | null = null;
  /** The reader's own runs, one a side; null where its recordings are shown. */
  #living: readonly [LivingSide, LivingSide] | null = null;
  #position: number | null = null;
  /** Counts how often it was left: wishes that wait for the recordings are granted in turn, but not after that. */
  #era = 0;
  /** Of the position that is shown: what the address says of it. */
  #fragment: string | null = null;
  /** The mark that is shown, which has a page of its own; null between two. */
  #markName: MarkName | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const script = findPart(this, ':scope > script[type="application/json"]', HTMLScriptElement);
    // Page and script come from one build.
    const written = JSON.parse(script.textContent) as WrittenPair;
    const { words, language, owners } = readLabPage(this.ownerDocument);
    const living = this.#living;
    const data: PairData = {
      ...written,
      words,
      language,
      owners,
      ...(living !== null && { sides: living.map((side) => ({ ...side, trace: '' })) }),
    };
    if (living !== null) this.#adopt(living, data.words.step);
    const sides = [...this.querySelectorAll<HTMLElement>('.pair-side')];
    const panes = sides.map((side, index) => beginSide(side, data, index, living?.[index]));
    const go = (choose: (opened: Opened) => number): void => {
      void this.#go(choose, data, panes).then(() => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
          rememberMoment(this.#fragment, this.id);
        }, ADDRESS_DELAY);
      });
    };
    const slider = this.#slider;
    slider.addEventListener(
      'input',
      () => {
        const position = Number(slider.value);
        go(() => position);
      },
      { signal },
    );
    for (const [way, offset] of [
      ['previous', -1],
      ['next', 1],
    ] as const) {
      findPart(this, `button[value="${way}"]`, HTMLButtonElement).addEventListener(
        'click',
        () => {
          go(({ alignment }) => this.#neighbour(alignment, offset));
        },
        { signal },
      );
    }
    const select = this.#select;
    select.addEventListener(
      'change',
      () => {
        go(({ alignment }) => alignment.marks.find(({ name }) => name === select.value)?.position ?? 0);
      },
      { signal },
    );
    findPart(this, '.time-open', HTMLButtonElement).addEventListener(
      'click',
      () => {
        go(({ alignment }) => this.#neighbour(alignment, 1));
      },
      { signal },
    );
    findPart(this, '.time-leave', HTMLButtonElement).addEventListener(
      'click',
      () => {
        this.#leave(panes);
        rememberMoment(null, this.id);
      },
      { signal },
    );
    this.#chooseAmong('.pair-views', (name) => {
      for (const sheet of this.querySelectorAll<HTMLElement>('.sheet[data-view]'))
        showPanel(sheet, sheet.dataset.view === name);
    });
    // Where there is room for one side only, the sides are tabs.
    this.#chooseAmong('.pair-switch', (name) => {
      for (const [index, side] of sides.entries()) side.classList.toggle('is-open', String(index) === name);
    });
    for (const [index, side] of sides.entries()) this.#listenTo(side, index === 0 ? 0 : 1, go, signal);
    const follow = (): void => {
      void this.#follow(data, panes);
    };
    addEventListener('hashchange', follow, { signal });
    addEventListener('popstate', follow, { signal });
    follow();
    const share = (): void => {
      const url = new URL(this.#markName === null ? '' : `${data.moments}${this.#markName}/`, location.href);
      if (this.#markName === null) url.hash = this.#fragment ?? `#${this.id}`;
      const sentences = { copied: data.words.step.linkCopied, notCopied: data.words.status.notCopied };
      void copyText(
        url.href,
        (sentence) => {
          this.#say(sentence);
        },
        sentences,
      );
    };
    findPart(this, '.lab-share', HTMLButtonElement).addEventListener(
      'click',
      () => {
        // Shared is where the reader asked to go, and what is said last is of the link: the recordings may be on their way.
        if (this.#opened === null) share();
        else void this.#opened.then(share, share);
      },
      { signal },
    );
  }

  /** Shows runs of the reader's in the place of its recordings; before it comes into the page. */
  bring(sides: readonly [LivingSide, LivingSide]): void {
    this.#living = sides;
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#listening.abort();
  }

  /** The moments of the reader's own runs in the place of those of the recordings. */
  #adopt([left, right]: readonly [LivingSide, LivingSide], words: LabWords['step']): void {
    const opened = open(left.run, right.run);
    this.#opened = Promise.resolve(opened);
    const { marks, length } = opened.alignment;
    const titles = new Map(
      Array.from(this.querySelectorAll('.lab-stops > li'), ({ id, textContent }) => [
        id.slice(id.lastIndexOf('/') + 1),
        textContent,
      ]),
    );
    const select = this.#select;
    select.replaceChildren(
      new Option('', ''),
      ...marks.map(({ name }, index) => {
        const title = titles.get(name) ?? name;
        return new Option(fill(words.moment, { number: index + 1, count: marks.length, title }), name);
      }),
    );
    findPart(this, '.time-open', HTMLButtonElement).textContent = fill(left.open, { count: length });
  }

  /** A row of tabs that shows something on both sides at once. */
  #chooseAmong(selector: string, chosen: (name: string) => void): void {
    const list = findPart(this, selector, HTMLElement);
    const tabs: Tabs = new Tabs({
      list,
      panelOf: () => null,
      chosen: (name) => {
        tabs.show(name);
        chosen(name);
      },
      signal: this.#listening.signal,
    });
  }

  get #select(): HTMLSelectElement {
    return findPart(this, '.time-select', HTMLSelectElement);
  }

  get #slider(): HTMLInputElement {
    return findPart(this, '.lab-slider', HTMLInputElement);
  }

  /** The panes of a side ask as they do in a lab; what they ask for moves both. */
  #listenTo(
    side: HTMLElement,
    index: 0 | 1,
    go: (choose: (opened: Opened) => number) => void,
    signal: AbortSignal,
  ): void {
    const goBy = (choose: ChooseStep): void => {
      go(({ replays, alignment }) => {
        const from = this.#position === null ? null : alignment.at(this.#position)[index];
        const step = choose(replays[index], from);
        return step === null ? (this.#position ?? 0) : alignment.positionOf(index, step);
      });
    };
    side.addEventListener(
      'lab-go',
      ({ detail }) => {
        goBy(detail);
      },
      { signal },
    );
    side.addEventListener(
      'lab-run-to',
      ({ detail: { source, line } }) => {
        goBy((replay, from) => stepToLine(replay, from ?? 0, source, line));
      },
      { signal },
    );
    side.addEventListener(
      'lab-open-file',
      ({ detail: { path, line, from } }) => {
        void findPart(side, 'lab-code', LabCode).open(path, line, from);
      },
      { signal },
    );
  }

  /** Goes where the page's address says, if it names a moment of this pair. Positions count from 0, their names from 1. */
  async #follow(data: PairData, panes: readonly (readonly MomentPane[])[]): Promise<void> {
    const named = fragmentToMoment(location.hash, this.id);
    // A step that waits to be written would bring the address back that the reader has just left.
    clearTimeout(this.#timer);
    if (named === null) {
      this.#leave(panes);
      return;
    }
    await this.#go(
      ({ alignment }) => {
        if ('step' in named) return Math.min(named.step, alignment.length) - 1;
        const mark = alignment.marks.find(({ name }) => name === named.stop);
        return mark?.position ?? this.#position ?? 0;
      },
      data,
      panes,
    );
    this.scrollIntoView({ block: 'nearest' });
  }

  /** Nobody steps any more: both sides show their whole recordings again, as before the first step. */
  #leave(panes: readonly (readonly MomentPane[])[]): void {
    this.#era += 1;
    if (this.#position === null) return;
    this.#position = null;
    this.#fragment = null;
    this.#markName = null;
    for (const pane of panes.flat()) pane.show(null);
    this.classList.remove('is-stepping');
    this.#slider.value = '0';
    this.#slider.removeAttribute('aria-valuetext');
    this.#say('');
    const open = findPart(this, '.time-open', HTMLButtonElement);
    const { activeElement } = document;
    const isInside =
      activeElement !== null && findPart(this, '.bench-time', HTMLElement).contains(activeElement);
    open.hidden = false;
    this.#select.hidden = true;
    // What goes away would drop the focus to the top of the page.
    if (isInside) open.focus({ preventScroll: true });
  }

  /** The moment before or after; beyond the last and the first the ends of the runs. */
  #neighbour(alignment: Alignment, offset: -1 | 1): number {
    const here = this.#position ?? -1;
    const places = alignment.marks.map(({ position }) => position);
    return offset === 1
      ? (places.find((place) => place > here) ?? alignment.length - 1)
      : (places.findLast((place) => place < here) ?? 0);
  }

  async #go(
    choose: (opened: Opened) => number,
    data: PairData,
    panes: readonly (readonly MomentPane[])[],
  ): Promise<void> {
    const era = this.#era;
    this.#opened ??= fetchBoth(data);
    let opened: Opened;
    try {
      opened = await this.#opened;
    } catch {
      this.#opened = null;
      this.#say(data.failed);
      return;
    }
    if (era !== this.#era) return;
    const { alignment, replays } = opened;
    const position = (this.#position = choose(opened));
    const steps = alignment.at(position);
    const shown = replays.map((replay, index): Shown => ({ replay, moment: replay.at(steps[index] ?? 1) }));
    this.classList.add('is-stepping');
    for (const [index, side] of panes.entries()) for (const pane of side) pane.show(shown[index] ?? null);
    const [left = '', right = ''] = shown.map(
      ({ moment }, index) => `${data.sides[index]?.title ?? ''}: ${momentToText(moment, data.words.step)}`,
    );
    const text = fill(data.value, { left, right });
    this.#slider.max = String(alignment.length - 1);
    this.#slider.value = String(position);
    this.#slider.setAttribute('aria-valuetext', text);
    this.#say(text);
    findPart(this, '.time-says', HTMLElement).replaceChildren(
      ...[left, right].map((side) => makeElement(document, 'span', '', side)),
    );
    this.#mark(alignment, position, data.words.step);
    const mark = alignment.marks.find((one) => one.position === position)?.name;
    this.#markName = mark ?? null;
    this.#fragment = momentToFragment(mark === undefined ? { step: position + 1 } : { stop: mark }, this.id);
  }

  #say(text: string): void {
    findPart(this, '[role="status"]', HTMLElement).textContent = text;
  }

  #mark({ marks, length }: Alignment, position: number, words: LabWords['step']): void {
    const select = this.#select;
    const open = findPart(this, '.time-open', HTMLButtonElement);
    select.hidden = false;
    if (document.activeElement === open) findPart(this, 'button[value="next"]', HTMLButtonElement).focus();
    open.hidden = true;
    // Where two marks share a position, the first of them names it, as in the address.
    const here = marks.find((mark) => mark.position === position);
    const between = findPart(select, 'option', HTMLOptionElement);
    between.hidden = here !== undefined;
    between.textContent = fill(words.position, { step: position + 1, of: length });
    select.value = here?.name ?? '';
  }
}

/** Gives the views of one side what they need, and gives the views. */
function beginSide(
  side: HTMLElement,
  { words, owners, language, sides }: PairData,
  index: number,
  living?: LivingSide,
): MomentPane[] {
  const code = findPart(side, 'lab-code', LabCode);
  const stack = findPart(side, 'lab-stack', LabStack);
  const messages = findPart(side, 'lab-messages', LabMessages);
  const { places } = sides[index] ?? {};
  if (places === undefined) throw new Error('A pair has more sides than data.');
  code.configure({
    words,
    owners,
    places,
    mayEdit: false,
    opened: () => undefined,
    ...(living !== undefined && { fileOf: living.fileOf }),
  });
  if (living !== undefined) {
    messages.configure({ words: living.words, language });
    messages.runStarted(new RunLog(living.run.events));
    messages.end();
  }
  stack.configure({ words, owners, language });
  setFaultSentence(words.fault);
  return [code, stack, messages].map(guardPane);
}

async function fetchBoth({ sides }: PairData): Promise<Opened> {
  const [left, right] = await Promise.all(sides.map(({ trace }) => fetchRun(trace)));
  if (left === undefined || right === undefined) throw new Error('A pair needs two sides.');
  return open(left, right);
}

function open(...runs: readonly [Pick<RecordedRun, 'events'>, Pick<RecordedRun, 'events'>]): Opened {
  const [left, right] = [new Replay(runs[0]), new Replay(runs[1])];
  return { replays: [left, right], alignment: alignRuns(replayToSide(left), replayToSide(right)) };
}

async function fetchRun(address: string): Promise<RecordedRun> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${String(response.status)}.`);
  return (await response.json()) as RecordedRun;
}

customElements.define('lab-pair', LabPair);
