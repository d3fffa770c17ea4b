/** How did the run end, and what became of its environment? Keys of the page's words, with their values. */
import type { SandboxState } from '../../sandbox/sandbox.ts';
import type { Recording } from '../../trace/recording.ts';
import { leavesProcess, type Outcome } from '../../trace/format.ts';
import { fill, millisecondsToSeconds, numberToText, type LabWords, type Values } from '../words.ts';

/** The end of a run as the page tells it: an outcome, or the reader's Stop. */
export type Ending = Outcome | { readonly status: 'stopped' };

/** The key of the sentence that says how a run ended. */
export function endingToKey(ending: Ending): keyof LabWords['outcome'] {
  return ending.status === 'limited' ? ending.by : ending.status;
}

/** What that sentence is filled with. `deadline` is the lab's own limit in milliseconds. */
export function endingToValues(
  ending: Ending,
  deadline: number,
  language: string,
  bounds: LabWords['bounds'],
): Values {
  if (ending.status === 'limited' && ending.by === 'sent')
    return { most: fill(bounds[ending.what], { count: numberToText(ending.most, language) }) };
  if (ending.status === 'exited' || ending.status === 'shut-down') return { code: ending.code };
  const milliseconds = ending.status === 'timed-out' ? ending.milliseconds : deadline;
  return { seconds: millisecondsToSeconds(milliseconds, language) };
}

/** The answer that the caller got, or null when there was none. */
export function endingToPayload(ending: Ending): string | null {
  return 'payload' in ending ? ending.payload : null;
}

/** Where an environment stands after a run; `left`: it waited, and has ended by itself since. */
export type EnvironmentState = SandboxState | 'recorded' | 'left';

/**
 * `single`: it is over with its process; `reset`: the platform starts another process in it; `shared`: it has several, which
 * take turns.
 */
export type EnvironmentKind = Recording['environment'];

/**
 * What became of the environment. A run that was answered without its process ending leaves one behind; where
 * the browser cannot let it wait, the next run repeats what it did. After a recorded run there is none to go on in.
 * A process whose end is its answer never leaves one, and no later run of its kind is warm. `kind` says what the platform
 * does with an environment whose process has ended.
 */
export function endingToEnvironment(
  ending: Ending,
  state: EnvironmentState,
  kind: EnvironmentKind = 'single',
): keyof LabWords['environment'] {
  if (ending.status === 'completed') return 'everCold';
  const outlived = leavesProcess(ending);
  const isReset = kind === 'reset' && (ending.status === 'exited' || ending.status === 'timed-out');
  if (state === 'turn') return 'turn';
  if (state === 'recorded' && kind === 'shared') return 'wasTurn';
  if (state === 'recorded') return outlived ? 'wasKept' : isReset ? 'wasReset' : 'wasGone';
  if (state === 'reset') return 'reset';
  if (state === 'warm' || state === 'running') return 'kept';
  return state === 'repeats' && outlived ? 'repeated' : 'gone';
}
