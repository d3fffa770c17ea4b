/**
 * What lines does the output show? The build asks for the recording's, the element for those of the reader's run as they
 * arrive. A run may print millions of lines, or one of millions of characters: of them all the first are kept as
 * lines, the others are only counted, and the last are read again when they are to be shown.
 */
import { cutToLine, type OutputStream, type TraceEvent } from '../../trace/format.ts';
import { splitText } from '../cut-text.ts';
import type { RunLog } from '../run-log.ts';

/** `lab`: a line that the lab itself put between the run's own. */
export type LineStream = OutputStream | 'lab';

/** A piece of a line that came by one stream. */
export interface LogSegment {
  readonly stream: LineStream;
  readonly text: string;
}

/** A line of the log without its newline. It may have been begun by one stream and ended by another. */
export interface LogLine {
  readonly segments: readonly LogSegment[];
  /** Characters of it that are not in the segments. */
  readonly leftOut: number;
  /** More text can come to it. */
  readonly isOpen: boolean;
}

/** How much of a log is shown: at its beginning, at its end, and of one line. A carriage return begins another row. */
export interface LogBounds {
  readonly head: Extent;
  readonly tail: Extent;
  readonly line: Extent;
}

interface Extent {
  readonly rows: number;
  readonly characters: number;
}

/** A run that keeps to the lab's limit of output is cut only where it has more rows than these. */
export const LOG_BOUNDS: LogBounds = {
  head: { rows: 1500, characters: 131_072 },
  tail: { rows: 300, characters: 65_536 },
  line: { rows: 500, characters: 65_536 },
};

/** What of a log is shown: `leftOut` lines lie between the first and the last ones. */
export interface ShownLog {
  readonly first: readonly LogLine[];
  readonly leftOut: number;
  readonly last: readonly LogLine[];
}

/** The line that stands where the lab stopped keeping output; gets the number of characters that were kept. */
export type CutToText = (limit: number) => string;

/** The lines of a log that grows. */
export class LogLines {
  readonly #log: RunLog;
  readonly #cutToText: CutToText;
  readonly #bounds: LogBounds;
  readonly #first: LineMaker;
  /** The event that is read next. */
  #next = 0;
  #count = 0;
  #isOpen = false;
  /** Where the first line begins that is not kept; null as long as all are. */
  #rest: Place | null = null;
  /** For each piece of output: the characters of the log up to its end, and the lines that have begun by then. */
  readonly #characters: number[] = [];
  readonly #begun: number[] = [];

  constructor(log: RunLog, cutToText: CutToText, bounds = LOG_BOUNDS) {
    this.#log = log;
    this.#cutToText = cutToText;
    this.#bounds = bounds;
    this.#first = new LineMaker(bounds.line);
  }

  /** Reads what has come since. */
  read(): void {
    const { events } = this.#log;
    for (; this.#next < events.length; this.#next += 1) {
      const event = events[this.#next];
      if (event?.kind === 'output') this.#readText(event.stream, event.text);
      else if (event?.kind === 'cut' && event.what === 'output') this.#readCut(event.limit);
    }
  }

  /** How many lines have begun, shown or not. */
  get count(): number {
    return this.#count;
  }

  /** The lines from the beginning that are kept; the last of them may be open. The same array at every call. */
  get first(): readonly LogLine[] {
    return this.#first.lines;
  }

  /** What follows the kept lines. */
  rest(): Omit<ShownLog, 'first'> {
    const { lines: first } = this.#first;
    if (this.#rest === null) return { leftOut: 0, last: [] };
    const last = linesFrom(
      this.#log.events,
      beginningOfTail(this.#log.events, this.#rest, this.#bounds),
      this.#cutToText,
      this.#bounds.line,
    );
    return { leftOut: this.#count - first.length - last.length, last };
  }

  /** All that is shown. */
  shown(): ShownLog {
    return { first: this.first, ...this.rest() };
  }

  /** How many lines have begun when the log has so many characters, as a moment's `output` has them. */
  begunAt(characters: number): number {
    let low = 0;
    let high = this.#characters.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#characters[middle] ?? 0) <= characters) low = middle + 1;
      else high = middle;
    }
    return this.#begun[low - 1] ?? 0;
  }

  #readText(stream: LineStream, text: string): void {
    let at = 0;
    while (at < text.length && this.#hasRoom(at)) {
      const end = text.indexOf('\n', at);
      this.#first.add(stream, text.slice(at, end === -1 ? text.length : end));
      if (!this.#isOpen) this.#count += 1;
      this.#isOpen = end === -1;
      if (end === -1) at = text.length;
      else {
        this.#first.end();
        at = end + 1;
      }
    }
    if (at < text.length) {
      this.#count += countLines(text, at) - (this.#isOpen ? 1 : 0);
      this.#isOpen = !text.endsWith('\n');
    }
    this.#note(text.length);
  }

  #readCut(limit: number): void {
    if (this.#hasRoom(0)) {
      this.#first.end();
      this.#first.add('lab', this.#cutToText(limit));
      this.#first.end();
    }
    this.#count += 1;
    this.#isOpen = false;
    this.#note(cutToLine(limit).length);
  }

  /** Whether what follows is kept. A line that has been begun within the bounds is kept, as far as a line is. */
  #hasRoom(at: number): boolean {
    if (this.#rest !== null) return false;
    const { rows, characters } = this.#bounds.head;
    if (this.#isOpen || (this.#first.rows < rows && this.#first.characters < characters)) return true;
    this.#rest = { event: this.#next, at };
    return false;
  }

  #note(characters: number): void {
    this.#characters.push((this.#characters.at(-1) ?? 0) + characters);
    this.#begun.push(this.#count);
  }
}

/** What is shown of some events. */
export function eventsToShown(log: RunLog, cutToText: CutToText, bounds = LOG_BOUNDS): ShownLog {
  const lines = new LogLines(log, cutToText, bounds);
  lines.read();
  return lines.shown();
}

/** A line as its rows: a runtime of today joins those of a traceback by carriage returns, to be one record of the log. */
export function splitAtReturns(text: string): readonly string[] {
  return text.split('\r');
}

const NEWLINE = 10;

/** Pieces of a line: two streams that take turns make one of each character. */
const MAX_SEGMENTS = 500;

/** A place in a log: an event, and the character of its text. */
interface Place {
  readonly event: number;
  readonly at: number;
}

/** Makes lines of pieces, and keeps of each what a line may have. */
class LineMaker {
  readonly lines: LogLine[] = [];
  rows = 0;
  characters = 0;
  readonly #most: Extent;
  /** Rows and characters of the line that is open. */
  #own = { rows: 0, characters: 0 };

  constructor(most: Extent) {
    this.#most = most;
  }

  add(stream: LineStream, text: string): void {
    const before = this.#open();
    const last = before.segments.at(-1);
    const isFull = before.segments.length >= MAX_SEGMENTS && last?.stream !== stream;
    const piece = isFull ? '' : this.#take(text);
    const leftOut = before.leftOut + text.length - piece.length;
    const segments =
      last?.stream === stream
        ? [...before.segments.slice(0, -1), { stream, text: last.text + piece }]
        : piece === '' && last !== undefined
          ? before.segments
          : [...before.segments, { stream, text: piece }];
    this.lines[this.lines.length - 1] = { segments, leftOut, isOpen: true };
  }

  /** The open line ends; where there is none, none does. */
  end(): void {
    const last = this.lines.at(-1);
    if (last?.isOpen === true) this.lines[this.lines.length - 1] = { ...last, isOpen: false };
  }

  #open(): LogLine {
    const last = this.lines.at(-1);
    if (last?.isOpen === true) return last;
    const begun: LogLine = { segments: [], leftOut: 0, isOpen: true };
    this.lines.push(begun);
    this.rows += 1;
    this.#own = { rows: 1, characters: 0 };
    return begun;
  }

  /** As much of a text as its line still takes: once something is left out, nothing comes after it. */
  #take(text: string): string {
    const { leftOut } = this.lines.at(-1) ?? { leftOut: 0 };
    if (leftOut > 0) return '';
    let { shown } = splitText(text, this.#most.characters - this.#own.characters);
    for (let at = shown.indexOf('\r'); at !== -1; at = shown.indexOf('\r', at + 1)) {
      if (this.#own.rows >= this.#most.rows) {
        shown = shown.slice(0, at);
        break;
      }
      this.#own.rows += 1;
      this.rows += 1;
    }
    this.#own.characters += shown.length;
    this.characters += shown.length;
    return shown;
  }
}

function linesFrom(
  events: readonly TraceEvent[],
  from: Place,
  cutToText: CutToText,
  most: Extent,
): readonly LogLine[] {
  const maker = new LineMaker(most);
  for (let index = from.event; index < events.length; index += 1) {
    const event = events[index];
    if (event?.kind === 'output') {
      const text = index === from.event ? event.text.slice(from.at) : event.text;
      for (let at = 0; at < text.length;) {
        const end = text.indexOf('\n', at);
        maker.add(event.stream, text.slice(at, end === -1 ? text.length : end));
        if (end !== -1) maker.end();
        at = end === -1 ? text.length : end + 1;
      }
    } else if (event?.kind === 'cut' && event.what === 'output') {
      maker.end();
      maker.add('lab', cutToText(event.limit));
      maker.end();
    }
  }
  return maker.lines;
}

/** Where the last lines begin, no more of them than the bounds allow, and none before `first`: read from the end. */
function beginningOfTail(events: readonly TraceEvent[], first: Place, { tail, line }: LogBounds): Place {
  /** The first of the lines that are kept so far; null before any. */
  const kept: { start: Place | null } = { start: null };
  let rows = 0;
  let characters = 0;
  /** Of the line that is being read: its end may lie in a later event. */
  let own = { rows: 1, characters: 0 };
  /** A line begins here, if it is the beginning of one at all. False when the lines before it are to be left out. */
  const begin = (place: Place): boolean => {
    rows += Math.min(own.rows, line.rows);
    characters += Math.min(own.characters, line.characters);
    if (kept.start !== null && (rows > tail.rows || characters > tail.characters)) return false;
    kept.start = place;
    own = { rows: 1, characters: 0 };
    return true;
  };
  let isAtEnd = true;
  for (let index = events.length - 1; index >= first.event; index -= 1) {
    const event = events[index];
    if (event?.kind === 'cut' && event.what === 'output') {
      if (!isAtEnd && !begin({ event: index + 1, at: 0 })) break;
      isAtEnd = false;
      if (!begin({ event: index, at: 0 })) break;
      isAtEnd = true;
    }
    if (event?.kind !== 'output') continue;
    const { text } = event;
    const from = index === first.event ? first.at : 0;
    let end = text.length;
    // The newline that ends the last line begins none.
    if (isAtEnd && end > from) {
      if (text.endsWith('\n')) end -= 1;
      isAtEnd = false;
    }
    for (;;) {
      const newline = end <= from ? -1 : text.lastIndexOf('\n', end - 1);
      const begins = Math.max(from, newline + 1);
      own = {
        rows: own.rows + countReturns(text, begins, end, line.rows),
        characters: own.characters + end - begins,
      };
      if (newline < from) break;
      if (!begin({ event: index, at: newline + 1 })) return kept.start ?? first;
      end = newline;
    }
  }
  if (!isAtEnd) begin(first);
  return kept.start ?? first;
}

/** No more than `most` are counted. */
function countReturns(text: string, from: number, end: number, most: number): number {
  let count = 0;
  for (let at = text.indexOf('\r', from); at !== -1 && at < end && count < most; count += 1)
    at = text.indexOf('\r', at + 1);
  return count;
}

/** How many lines of a text begin at `from` or after it. By its characters: to ask for each newline takes ten times as long. */
function countLines(text: string, from: number): number {
  let count = from >= text.length || text.endsWith('\n') ? 0 : 1;
  for (let at = from; at < text.length; at += 1) if (text.charCodeAt(at) === NEWLINE) count += 1;
  return count;
}
