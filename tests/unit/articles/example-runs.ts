/** What the tests of an article's claims look at: its own examples, run as its labs run them. */
import assert from 'node:assert/strict';
import { readExample } from '../../../src/integrations/examples.ts';
import { eventsToLog, type Outcome, type RecordedRun } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

/** One run as its caller and its log tell of it. */
export interface Told {
  readonly cold: boolean;
  readonly log: string;
  readonly outcome: Outcome;
}

/** Runs an example's handler, or another source in its place, for the example's events or others. */
export async function runExample(
  id: string,
  chosen: Chosen & { readonly source?: string } = {},
): Promise<readonly RecordedRun[]> {
  const example = await readExample(id);
  const file = example.task['lambda_function.py'];
  assert.ok(file !== undefined && 'text' in file, `${id} has a lambda_function.py`);
  const { source = file.text, events = example.events } = chosen;
  const environments = await runHandler(source, { timeout: example.timeout, ...chosen, events });
  return environments.flatMap(({ runs }) => runs);
}

/** What of a run its caller and its log tell. */
export function tellOf({ beginning, events, outcome }: RecordedRun): Told {
  return { cold: beginning.cold, log: eventsToLog(events), outcome };
}

/** The frames of each printed stack: `function` with the file's name, outermost first. */
export function framesIn(log: string): readonly string[] {
  return Array.from(
    log.matchAll(/^ {2}File "(?:[^"]*\/)?([^"/]+)", line \d+, in (.+)$/gm),
    ([, file = '', name = '']) => `${name} (${file})`,
  );
}
