/** How a run begins: the texts are taken, and what runs them is brought. Where that does not come, the run is over. */
import type { AttemptedRun } from '../exercise/attempted-run.ts';
import type { OpenSandbox } from './open-sandbox.ts';
import type * as Run from './run.ts';
import { bringPart, partToSaid, type Said } from './part-missing.ts';
import type { RunParts } from './run-parts.ts';
import { ended, starting } from './session.ts';

/** What a run asks of its lab. */
export interface RunOptions {
  readonly open: () => Promise<OpenSandbox>;
  /** Whether the reader has pressed Stop, which they may before there is a sandbox. */
  readonly isStopped: () => boolean;
  /** The event, as JSON text, in the place of the lab's own. */
  readonly event?: string;
}

/** The script of a run. */
export function bringRun(): Promise<typeof Run> {
  return bringPart(() => import('./run.ts'), 'run');
}

/** Runs the lab's function once. How it ends is shown, so this never rejects. Gives what came of it. */
export async function startRun(
  parts: RunParts,
  { open, isStopped, event }: RunOptions,
): Promise<AttemptedRun> {
  // What the reader sees as they press Run is what is run, however long it takes to begin.
  const taken = parts.texts();
  parts.change(starting);
  let opened: OpenSandbox | null = null;
  try {
    opened = await open();
    const { runLab } = await bringRun();
    if (!isStopped()) return await runLab(parts, opened, taken, event);
    return neverBegan(parts, { status: 'stopped' }, null, opened);
  } catch (error) {
    const problem = partToSaid(error, parts.page.words.problem);
    return neverBegan(parts, { status: 'crashed', message: String(error) }, problem, opened);
  }
}

function neverBegan(
  { output: { lines }, change }: RunParts,
  ending: AttemptedRun['ending'],
  problem: Said | null,
  opened: OpenSandbox | null,
): AttemptedRun {
  const deadline = opened?.deadline ?? 0;
  const state = opened?.sandbox.state ?? 'idle';
  // It has ended the environment that was there.
  const environment = state === 'idle' ? 'left' : state;
  change((session) =>
    ended(session, { ending, begun: false, lines, notes: [], deadline, problem }, environment),
  );
  return { beginning: { cold: true }, events: [], ending, blobs: {} };
}
