/**
 * `<lab-output>`: the log of a run. Astro has rendered the recorded one inside it; `begin`, `add` and `end`
 * make it the log of the reader's run. Its attribute `data-cut` is the line that stands where the lab
 * stopped keeping output; `data-tail` and `data-whole` stand above what the caller of the Invoke API sees of it.
 */
import type { Owner, TraceEvent } from '../../trace/format.ts';
import { eventsToTail, LOG_TAIL } from '../../trace/log-tail.ts';
import { continueLines, isOpen, splitAtReturns, withoutNewline, type LogLine } from './log-lines.ts';
import { frameToLabel, placeOfFrame, readFrameLine, type Places } from './frame-links.ts';
import { findPart } from '../find-part.ts';
import type { MomentPane, Shown } from '../time/moment-pane.ts';
import { fill, type LabWords } from '../words.ts';

/** Tens of thousands of lines can arrive at once; so many of them are drawn before the page may answer the reader. */
const LINES_PER_FRAME = 1500;

/** Pixels above the end of the log within which it counts as scrolled to the end. */
const NEAR_END = 8;

export class LabOutput extends HTMLElement implements MomentPane {
  /** Where the frames of printed stacks lead; until it is set they are text like any other. */
  places: Places | null = null;
  /** Lines that are not drawn yet. */
  #waiting: LogLine[] = [];
  /** The last line, as long as more can come to it. */
  #open: LogLine | null = null;
  #lines = 0;
  /** The open line is drawn, and the first waiting line stands for it from now on. */
  #redrawLast = false;
  #frame: number | null = null;
  #isGrowing = false;
  #showsTail = false;
  /** What the log is made of. */
  #events: TraceEvent[] = [];
  /** The lab's own last line. */
  #note: string | null = null;
  /** Lines of the whole log that the shown part leaves out; less one where the lab's own stands above it. */
  #linesBefore = 0;
  #shown: Shown | null = null;

  disconnectedCallback(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** How many lines the log has since it was last cleared, drawn or not. */
  get lines(): number {
    return this.#lines;
  }

  /** Says what the log that the page came with is made of. */
  adopt(events: readonly TraceEvent[]): void {
    this.#events = events.filter(isOutput);
    this.#lines = this.#log.querySelectorAll('.lab-line').length;
  }

  /** Dims the lines that come after a moment; null dims none. */
  show(shown: Shown | null): void {
    this.#shown = shown;
    const log = this.#log;
    const lines = log.querySelectorAll<HTMLElement>('.lab-line');
    const printed = shown?.moment.output;
    const count =
      printed === undefined
        ? lines.length
        : Math.max(this.#linesBefore === 0 ? 0 : 1, countLines(printed) - this.#linesBefore);
    let first: HTMLElement | null = null;
    for (const [index, line] of lines.entries()) {
      line.classList.toggle('is-later', index >= count);
      if (index === count) first = line;
    }
    log.querySelector('[data-later]')?.removeAttribute('data-later');
    first?.setAttribute('data-later', this.dataset.later ?? '');
    // The line that was printed last stays in sight; a log that is read through is not moved.
    if (shown === null) return;
    const last = lines[Math.max(0, count - 1)];
    if (last === undefined) return;
    const top = last.offsetTop - log.offsetTop;
    if (top < log.scrollTop || top + last.offsetHeight > log.scrollTop + log.clientHeight)
      log.scrollTop = top - log.clientHeight / 2;
  }

  /** The log of these events and nothing else. */
  set(events: readonly TraceEvent[]): void {
    this.#forget();
    this.add(events);
    this.end();
  }

  /** Whether only that part is shown which the Invoke API hands to its caller; of a run that goes on all is. */
  set showsTail(showsTail: boolean) {
    this.#showsTail = showsTail;
    if (this.#isGrowing) return;
    this.#redraw();
    this.#drawNow();
    if (this.#shown !== null) this.show(this.#shown);
  }

  /** A run has started: the log is empty, and `add` fills it. */
  runStarted(): void {
    this.#forget();
    this.#isGrowing = true;
  }

  /** Nothing more will come. What one frame can hold is drawn now, before anything says that the run is over. */
  end(): void {
    this.#isGrowing = false;
    if (this.#showsTail) this.#redraw();
    this.#drawNow();
  }

  add(events: readonly TraceEvent[]): void {
    for (const event of events) if (isOutput(event)) this.#events.push(event);
    this.#addLines(events);
  }

  /** A line of the lab's own, after what has arrived so far. */
  note(text: string): void {
    this.#note = text;
    if (this.#open !== null) this.#addLines([{ kind: 'output', stream: 'stdout', text: '\n' }]);
    this.#take([[{ stream: 'lab', text: `${text}\n` }]]);
    // It is no line of the run.
    this.#lines -= 1;
  }

  get #log(): HTMLPreElement {
    return findPart(this, 'pre', HTMLPreElement);
  }

  #addLines(events: readonly TraceEvent[]): void {
    this.#take(continueLines(this.#open, events, (limit) => fill(this.dataset.cut ?? '', { limit })));
  }

  /** The same log again, whole or its tail. */
  #redraw(): void {
    const lines = this.#lines;
    const note = this.#note;
    this.#clear();
    if (this.#showsTail) {
      const { events, size, leftOut } = eventsToTail(this.#events);
      const words = (leftOut === 0 ? this.dataset.whole : this.dataset.tail) ?? '';
      const text = fill(words, { size, leftOut, limit: LOG_TAIL });
      this.#take([[{ stream: 'lab', text: `${text}\n` }]]);
      this.#addLines(events);
      this.#linesBefore = lines - this.#lines;
    } else this.#addLines(this.#events);
    if (note !== null) this.note(note);
    this.#lines = lines;
  }

  #forget(): void {
    this.#events = [];
    this.#note = null;
    this.#clear();
  }

  #clear(): void {
    this.#waiting = [];
    this.#open = null;
    this.#lines = 0;
    this.#redrawLast = false;
    this.#linesBefore = 0;
    this.#log.replaceChildren();
  }

  #take(lines: readonly LogLine[]): void {
    const last = lines.at(-1);
    if (last === undefined) return;
    if (this.#open !== null) {
      this.#lines -= 1;
      if (this.#waiting.length > 0) this.#waiting.pop();
      else this.#redrawLast = true;
    }
    this.#lines += lines.length;
    for (const line of lines) this.#waiting.push(line);
    this.#open = isOpen(last) ? last : null;
    this.#frame ??= requestAnimationFrame(() => {
      this.#draw();
    });
  }

  #drawNow(): void {
    if (this.#waiting.length > LINES_PER_FRAME) return;
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#draw();
  }

  #draw(): void {
    const log = this.#log;
    // The beginning matters most; only a reader who has scrolled to the end is followed there.
    const follow = log.scrollTop > 0 && log.scrollHeight - log.scrollTop - log.clientHeight <= NEAR_END;
    if (this.#redrawLast) log.lastChild?.remove();
    this.#redrawLast = false;
    log.append(
      ...this.#waiting.splice(0, LINES_PER_FRAME).flatMap((line) => lineToNodes(line, this.#linkFrame)),
    );
    if (follow) log.scrollTop = log.scrollHeight;
    if (this.#waiting.length > 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#draw();
      });
      return;
    }
    this.#frame = null;
  }

  /** The pieces of a line's text, with a frame in it made to lead to its file. */
  readonly #linkFrame = (text: string): (Node | string)[] => {
    const frame = this.places === null ? null : readFrameLine(text);
    if (frame === null || this.places === null) return [text];
    const place = placeOfFrame(frame, this.places);
    const element = document.createElement(place.kind === 'image' || place.kind === 'task' ? 'a' : 'span');
    element.className = 'lab-frame';
    element.textContent = frame.text;
    element.dataset.owner = place.owner;
    const words = JSON.parse(this.dataset.frames ?? '{}') as LabWords['frame'];
    element.title = words[place.kind];
    if (element instanceof HTMLAnchorElement) {
      element.href = place.href ?? '#';
      element.dataset.file = frame.file;
      element.dataset.number = String(frame.line);
    }
    const owner = document.createElement('span');
    owner.className = 'lab-owner';
    owner.dataset.owner = place.owner;
    const owners = JSON.parse(this.dataset.owners ?? '{}') as Record<Owner, string>;
    owner.dataset.label = frameToLabel(place, owners, words.noFile);
    return [frame.before, element, frame.after, owner];
  };
}

/** What the log is made of, among all that happens in a run. */
function isOutput(event: TraceEvent): boolean {
  return event.kind === 'output' || (event.kind === 'cut' && event.what === 'output');
}

/** How many lines of a log have begun. */
function countLines(text: string): number {
  let count = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/**
 * The same markup as `components/lab/Output.astro` makes: a line, and its newline behind it, so that a
 * copied log has the lines it has here. Text stays text: it is never read as HTML.
 */
function lineToNodes(line: LogLine, linkFrame: (text: string) => (Node | string)[]): (Node | string)[] {
  const element = document.createElement('span');
  element.className = 'lab-line';
  const [first] = line;
  element.dataset.stream = first?.stream ?? 'stdout';
  for (const { stream, text } of line) {
    const words = withoutNewline(text);
    if (stream === first?.stream) {
      splitAtReturns(words).forEach((row, at) => {
        if (at > 0) element.append(document.createElement('br'));
        element.append(...linkFrame(row));
      });
      continue;
    }
    const part = document.createElement('span');
    part.dataset.stream = stream;
    part.textContent = words;
    element.append(part);
  }
  return isOpen(line) ? [element] : [element, '\n'];
}

customElements.define('lab-output', LabOutput);
