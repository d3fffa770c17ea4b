import type { Party } from '../../trace/format.ts';
import type { Recording } from '../../trace/recording.ts';

/** A message of a recorded run as an article shows it. */
export interface RecordedMessage {
  readonly from: Party;
  readonly to: Party;
  readonly what: string;
  /** What crossed, with line ends as a page has them. */
  readonly text: string;
}

/** The first message of a run whose name ends with some words. Throws when none does: an article would show nothing. */
export function recordedMessage(
  { example, platform, runs }: Pick<Recording, 'example' | 'platform' | 'runs'>,
  run: number,
  ending: string,
): RecordedMessage {
  for (const event of runs[run]?.events ?? []) {
    if (event.kind !== 'message' || !event.what.endsWith(ending)) continue;
    const { from, to, what, body } = event;
    return { from, to, what, text: body.replaceAll('\r\n', '\n').trimEnd() };
  }
  throw new Error(
    `In run ${String(run + 1)} of ${example} on ${platform} no message crossed whose name ends with "${ending}".`,
  );
}
