/**
 * What lines does the output pane show? The build asks for the recording's, the element for those of
 * the reader's run as they arrive.
 */
import type { OutputStream, TraceEvent } from '../../trace/format.ts';

/** `lab`: a line that the lab itself put between the run's own. */
export type LineStream = OutputStream | 'lab';

/** A piece of a line that came by one stream. */
export interface LogSegment {
  readonly stream: LineStream;
  readonly text: string;
}

/** A line of the log with its newline. It may have been begun by one stream and ended by another. */
export type LogLine = readonly LogSegment[];

/** The line that stands where the lab stopped keeping output; gets the number of characters that were kept. */
export type CutToText = (limit: number) => string;

/** All lines of some events. */
export function eventsToLines(events: readonly TraceEvent[], cutToText: CutToText): readonly LogLine[] {
  return continueLines(null, events, cutToText);
}

/**
 * The lines that some more events make. When `open` (a last line without its newline so far) is given,
 * the first line stands for it from now on.
 */
export function continueLines(
  open: LogLine | null,
  events: readonly TraceEvent[],
  cutToText: CutToText,
): readonly LogLine[] {
  const lines: LogLine[] = [];
  let last: LogSegment[] = open === null ? [] : [...open];
  const end = (): void => {
    if (last.length > 0) lines.push(last);
    last = [];
  };
  for (const { stream, text } of events.flatMap((event) => eventToSegments(event, cutToText))) {
    // The lab's own words never continue a line of the run.
    if (stream === 'lab' && last.length > 0) {
      addToLine(last, { stream, text: '\n' });
      end();
    }
    for (const piece of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      addToLine(last, { stream, text: piece });
      if (piece.endsWith('\n')) end();
    }
  }
  end();
  return lines;
}

/** Whether more text can come to this line. */
export function isOpen(line: LogLine): boolean {
  return !(line.at(-1)?.text.endsWith('\n') ?? false);
}

/** A segment's text as it stands within its line. */
export function withoutNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

/** A line as its rows: a runtime of today joins those of a traceback by carriage returns, to be one record of the log. */
export function splitAtReturns(text: string): readonly string[] {
  return text.split('\r');
}

function eventToSegments(event: TraceEvent, cutToText: CutToText): readonly LogSegment[] {
  if (event.kind === 'output') return [{ stream: event.stream, text: event.text }];
  if (event.kind === 'cut' && event.what === 'output') {
    return [{ stream: 'lab', text: `${cutToText(event.limit)}\n` }];
  }
  return [];
}

/** Changes the line that is being made: copying it for each piece would take the square of their number. */
function addToLine(line: LogSegment[], { stream, text }: LogSegment): void {
  const last = line.at(-1);
  if (last?.stream === stream) line[line.length - 1] = { stream, text: last.text + text };
  else line.push({ stream, text });
}
