import { toPretty } from '../../lab/output/pretty.ts';
import type { Party } from '../../trace/format.ts';
import type { Recording } from '../../trace/recording.ts';
import { recordedRun } from './recorded-run.ts';

/** A message of a recorded run as an article shows it. */
export interface RecordedMessage {
  readonly from: Party;
  readonly to: Party;
  readonly what: string;
  /** What crossed, laid out for a page: see `layOut`. */
  readonly text: string;
  /** Whether the text is a request or a response, whose first line says what it is. */
  readonly isHttp: boolean;
}

/** The first message of a run whose name ends with some words. Throws when none does: an article would show nothing. */
export function recordedMessage(
  recording: Pick<Recording, 'example' | 'platform' | 'runs'>,
  run: number,
  ending: string,
): RecordedMessage {
  for (const event of recordedRun(recording, run).events) {
    if (event.kind !== 'message' || !event.what.endsWith(ending)) continue;
    const { from, to, what, body } = event;
    return { from, to, what, text: layOut(body), isHttp: /^\S+ .*\r\n/.test(body) };
  }
  throw new Error(
    `In run ${String(run)} of ${recording.example} on ${recording.platform} no message crossed whose name ends with "${ending}".`,
  );
}

/** Characters of a body's line that a wide screen shows without scrolling. */
const WIDE = 90;

/** Each value of a row has a line of its own; so have the parts of a long JSON body. Only space is added. */
function layOut(text: string): string {
  const body = text.slice(text.indexOf('\r\n\r\n') + 1);
  const isLong = body.split('\n').some((line) => line.length > WIDE);
  return rowToLines(text) ?? (isLong ? toPretty(text) : text).replaceAll('\r\n', '\n').trimEnd();
}

/** Null when the text is no JSON array. */
function rowToLines(text: string): string | null {
  if (!text.startsWith('[')) return null;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(values)) return null;
  return `[\n${values.map((value) => `  ${JSON.stringify(value)}`).join(',\n')}\n]`;
}
