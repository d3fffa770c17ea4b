/** What the tests of an article's claims look at: what the build recorded of its examples, on whichever platform. */
import { recordExample } from '../../../src/integrations/recordings.ts';
import { eventsToLog, type Outcome, type RecordedRun } from '../../../src/trace/format.ts';

/** One run as its caller and its log tell of it. */
export interface Told {
  readonly cold: boolean;
  readonly log: string;
  readonly outcome: Outcome;
}

/** The recorded runs of an example: what the article's lab shows. */
export async function recordedRuns(
  example: string,
  platform = 'lambda-2016',
): Promise<readonly RecordedRun[]> {
  return (await recordExample(example, platform)).runs;
}

/** What of a run its caller and its log tell. */
export function tellOf({ beginning, events, outcome }: RecordedRun): Told {
  return { cold: beginning.cold, log: eventsToLog(events), outcome };
}

/** The frames of each printed stack: the function with its file's name, outermost first. */
export function framesIn(log: string): readonly string[] {
  return Array.from(
    log.matchAll(/^ {2}File "(?:[^"]*\/)?([^"/]+)", line \d+, in (.+)$/gm),
    ([, file = '', name = '']) => `${name} (${file})`,
  );
}
