/**
 * `<lab-output>`: the log of a run. Astro has rendered the recorded one inside it; `runStarted`, `add` and `end` make it
 * the log of the reader's run, of which it draws no more than a page can hold, and in a frame no more than a frame can.
 */
import type { TraceEvent } from '../../trace/format.ts';
import { eventsToTail, LOG_TAIL } from '../../trace/log-tail.ts';
import { cutText } from '../cut-text.ts';
import { findPart } from '../find-part.ts';
import { markupToNode, type Markup } from '../markup.ts';
import { RunLog } from '../run-log.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { fill, type LabWords } from '../words.ts';
import { guardView } from '../view-fault.ts';
import { LogLines, type LogLine } from './log-lines.ts';
import { gapToMarkup, lineToMarkup, type LineSetting } from './markup.ts';

/** So much is drawn before the page may answer the reader. */
const PER_FRAME = { lines: 400, characters: 32_768 } as const;

/** Pixels above the end of the log within which it counts as scrolled to the end. */
const NEAR_END = 8;

/** Characters of the lab's own line: it may have a browser's words in it, or reader code's. */
const MAX_NOTE = 2000;

/** What the element needs of its page. */
export interface OutputSetting extends LineSetting {
  readonly words: Pick<LabWords, 'frame' | 'cut' | 'line' | 'step'>;
}

/** The element. */
export class LabOutput extends HTMLElement implements MomentPane {
  #setting: OutputSetting | null = null;
  /** The run whose log it is. */
  #log = new RunLog();
  /** The whole log, which is counted also where only its tail is shown. */
  #whole = this.#linesOf(this.#log);
  /** What is drawn: the whole, or the tail. */
  #lines = this.#whole;
  /** Lines that are drawn of those that are kept from the beginning, and the last of them as it was drawn. */
  #drawn = 0;
  #last: LogLine | null = null;
  /** Lines of the run that the drawn tail leaves out, less the one of the lab's own above it. */
  #linesBefore = 0;
  /** What stands behind the lines from the beginning, and for how many lines it was drawn. */
  #behind: ChildNode[] = [];
  #behindFor = -1;
  #frame: number | null = null;
  #isGrowing = false;
  #showsTail = false;
  /** The lab's own last line. */
  #note: string | null = null;
  #shown: Shown | null = null;
  /** The lines that are dimmed begin at this one. */
  #later = Infinity;

  disconnectedCallback(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** How many lines the run has printed so far, drawn or not. */
  get lines(): number {
    return this.#whole.count;
  }

  /** Sets what lines are made with, and says what the log that the page came with is made of. */
  adopt(setting: OutputSetting, events: readonly TraceEvent[]): void {
    this.#setting = setting;
    this.#begin(new RunLog(events));
    const { first, leftOut, last } = this.#lines.shown();
    this.#drawn = first.length;
    this.#last = first.at(-1) ?? null;
    const nodes = [...this.#pre.childNodes];
    const elements = nodes.filter((node) => node instanceof Element);
    const behind = last.length + (leftOut > 0 ? 1 : 0);
    const begins = behind === 0 ? undefined : elements.at(-behind);
    this.#behind = begins === undefined ? [] : nodes.slice(nodes.indexOf(begins));
    this.#behindFor = this.#lines.count;
  }

  /** Dims the lines that come after a moment; null dims none. */
  show(shown: Shown | null): void {
    this.#shown = shown;
    const pre = this.#pre;
    const lines = pre.querySelectorAll<HTMLElement>('.lab-line');
    const count = shown === null ? lines.length : this.#shownAt(shown.moment.output.length, lines.length);
    const [from, to] = [Math.min(count, this.#later), Math.max(count, Math.min(this.#later, lines.length))];
    for (let index = from; index < to; index += 1) lines[index]?.classList.toggle('is-later', index >= count);
    this.#later = shown === null ? Infinity : count;
    pre.querySelector('[data-later]')?.removeAttribute('data-later');
    lines[count]?.setAttribute('data-later', this.#setting?.words.step.later ?? '');
    // The line that was printed last stays in sight; a log that is read through is not moved.
    if (shown === null) return;
    const last = lines[Math.max(0, count - 1)];
    if (last === undefined) return;
    const top = last.offsetTop - pre.offsetTop;
    if (top < pre.scrollTop || top + last.offsetHeight > pre.scrollTop + pre.clientHeight)
      pre.scrollTop = top - pre.clientHeight / 2;
  }

  /** The log of these events and nothing else. */
  set(events: readonly TraceEvent[]): void {
    this.runStarted(new RunLog(events));
    this.end();
  }

  /** Whether only that part is shown which the Invoke API hands to its caller; of a run that goes on all is. */
  set showsTail(showsTail: boolean) {
    this.#showsTail = showsTail;
    if (this.#isGrowing) return;
    this.#redraw();
    if (this.#shown !== null) this.show(this.#shown);
  }

  /** A run has started: its log is drawn as it grows. */
  runStarted(log: RunLog): void {
    this.#note = null;
    this.#isGrowing = true;
    this.#begin(log);
    this.#clear();
  }

  /** The run's log has grown. However many batches arrive, it is drawn once a frame. */
  add(): void {
    this.#whole.read();
    this.#drawSoon();
  }

  /** Nothing more will come. What one frame can hold is drawn now, before anything says that the run is over. */
  end(): void {
    this.#isGrowing = false;
    this.#whole.read();
    if (this.#showsTail) this.#redraw();
    else this.#drawNow();
  }

  /** A line of the lab's own, after what has arrived so far. */
  note(text: string): void {
    this.#note = cutText(text, MAX_NOTE);
    this.#behindFor = -1;
    this.#drawSoon();
  }

  get #pre(): HTMLPreElement {
    return findPart(this, 'pre', HTMLPreElement);
  }

  #linesOf(log: RunLog): LogLines {
    return new LogLines(log, (limit) => fill(this.#setting?.words.line.cut ?? '', { limit }));
  }

  #begin(log: RunLog): void {
    this.#log = log;
    this.#whole = this.#lines = this.#linesOf(log);
    this.#whole.read();
    this.#linesBefore = 0;
  }

  /** The same log again, whole or its tail. */
  #redraw(): void {
    this.#clear();
    this.#lines = this.#whole;
    this.#linesBefore = 0;
    if (this.#showsTail && this.#setting !== null) {
      const { events, size, leftOut } = eventsToTail(this.#log.events);
      const { tail, whole } = this.#setting.words.line;
      const text = fill(leftOut === 0 ? whole : tail, { size, leftOut, limit: LOG_TAIL });
      this.#lines = this.#linesOf(new RunLog(events));
      this.#lines.read();
      this.#linesBefore = this.#whole.count - this.#lines.count - 1;
      this.#append([{ segments: [{ stream: 'lab', text }], leftOut: 0, isOpen: false }]);
    }
    this.#drawNow();
  }

  #clear(): void {
    this.#drawn = 0;
    this.#last = null;
    this.#behind = [];
    this.#behindFor = -1;
    this.#later = Infinity;
    this.#pre.replaceChildren();
  }

  /** How many of the drawn lines have begun when the log has so many characters; one that is being written counts. */
  #shownAt(characters: number, drawn: number): number {
    const begun = this.#whole.begunAt(characters);
    const above = this.#lines === this.#whole ? 0 : 1;
    if (above === 1) return Math.max(1, begun - this.#linesBefore);
    const { length: first } = this.#lines.first;
    if (begun <= first) return begun;
    const last = drawn - (this.#note === null ? 0 : 1) - (this.#whole.count - begun);
    return Math.max(first, last);
  }

  #drawSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#drawNow();
    });
  }

  #drawNow(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    guardView(this, () => {
      this.#draw();
    });
  }

  #draw(): void {
    const pre = this.#pre;
    // The beginning matters most; only a reader who has scrolled to the end is followed there.
    const follow = pre.scrollTop > 0 && pre.scrollHeight - pre.scrollTop - pre.clientHeight <= NEAR_END;
    const { first } = this.#lines;
    // The last line that is drawn may have grown since.
    if (this.#drawn > 0 && this.#last !== first[this.#drawn - 1]) {
      this.#takeBehind();
      if (this.#last?.isOpen === false) pre.lastChild?.remove();
      pre.lastChild?.remove();
      this.#drawn -= 1;
    }
    let characters = 0;
    let end = this.#drawn;
    for (; end < first.length && end - this.#drawn < PER_FRAME.lines; end += 1) {
      if (characters > PER_FRAME.characters) break;
      for (const { text } of first[end]?.segments ?? []) characters += text.length;
    }
    if (end > this.#drawn) {
      this.#takeBehind();
      this.#append(first.slice(this.#drawn, end));
      this.#drawn = end;
    }
    this.#last = first[end - 1] ?? null;
    if (end < first.length) this.#drawSoon();
    else if (this.#behindFor !== this.#lines.count) this.#drawBehind();
    if (follow) pre.scrollTop = pre.scrollHeight;
  }

  #append(lines: readonly LogLine[]): void {
    const setting = this.#setting;
    if (setting !== null)
      this.#pre.append(...this.#toNodes(lines.flatMap((line) => lineToMarkup(line, setting))));
  }

  /** What is left out, the last lines, and the lab's own; they stand behind what is drawn from the beginning. */
  #drawBehind(): void {
    const setting = this.#setting;
    if (setting === null) return;
    this.#takeBehind();
    const { leftOut, last } = this.#lines.rest();
    const note = this.#note;
    const isOpen = (last.at(-1) ?? this.#last)?.isOpen === true;
    this.#behind = this.#toNodes([
      ...gapToMarkup(leftOut, setting),
      ...last.flatMap((line) => lineToMarkup(line, setting)),
      ...(note === null
        ? []
        : [
            isOpen ? '\n' : '',
            ...lineToMarkup(
              { segments: [{ stream: 'lab', text: note }], leftOut: 0, isOpen: false },
              setting,
            ),
          ]),
    ]);
    this.#pre.append(...this.#behind);
    this.#behindFor = this.#lines.count;
  }

  #takeBehind(): void {
    for (const node of this.#behind) node.remove();
    this.#behind = [];
    this.#behindFor = -1;
  }

  #toNodes(markup: readonly Markup[]): ChildNode[] {
    return markup.map((part) => markupToNode(part, this.ownerDocument));
  }
}

customElements.define('lab-output', LabOutput);
