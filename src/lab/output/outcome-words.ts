/** How did the run end, and what became of its environment? Keys of the page's words, with their values. */
import type { SandboxState } from '../../sandbox/sandbox.ts';
import type { Outcome } from '../../trace/format.ts';
import { millisecondsToSeconds, type LabWords, type Values } from '../words.ts';

/** The end of a run as the page tells it: an outcome, or the reader's Stop. */
export type Ending = Outcome | { readonly status: 'stopped' };

/** The key of the sentence that says how a run ended. */
export function endingToKey(ending: Ending): keyof LabWords['outcome'] {
  return ending.status === 'limited' ? ending.by : ending.status;
}

/** What that sentence is filled with. `deadline` is the lab's own limit in milliseconds. */
export function endingToValues(ending: Ending, deadline: number, language: string): Values {
  if (ending.status === 'exited' || ending.status === 'shut-down') return { code: ending.code };
  const milliseconds = ending.status === 'timed-out' ? ending.milliseconds : deadline;
  return { seconds: millisecondsToSeconds(milliseconds, language) };
}

/** The answer that the caller got, or null when there was none. */
export function endingToPayload(ending: Ending): string | null {
  return 'payload' in ending ? ending.payload : null;
}

/** What Python says where a browser has no such thing, by what is lacking. */
const LACKS: Readonly<Record<keyof LabWords['lack'], RegExp>> = {
  threads: /can't start new thread/,
  processes:
    /emscripten does not support processes|module 'os' has no attribute '(?:system|fork)'|No module named '_multiprocessing'/,
  network:
    /Connection refused|No route to host|TLS not supported in this environment|Remote end closed connection/,
};

/** Characters of an answer that are read for what is lacking. */
const MAX_READ = 65_536;

/** What the lab's Python lacks and a handler has just asked for; null where its error has another reason. */
export function endingToLack(ending: Ending): keyof LabWords['lack'] | null {
  if (ending.status !== 'raised') return null;
  // Not parsed: reader code may have made it, and then it is any text.
  const message = /"errorMessage": ?"((?:[^"\\]|\\.)*)/.exec(ending.payload.slice(0, MAX_READ))?.[1] ?? '';
  for (const lack of ['threads', 'processes', 'network'] as const) {
    if (LACKS[lack].test(message)) return lack;
  }
  return null;
}

/** Where an environment stands after a run; `left`: it waited, and has ended by itself since. */
export type EnvironmentState = SandboxState | 'recorded' | 'left';

/**
 * What became of the environment. A run that was answered without its process ending leaves one behind; where
 * the browser cannot let it wait, the next run repeats what it did. After a recorded run there is none to go on in.
 * A process whose end is its answer never leaves one, and no later run of its kind is warm. `resets`: the platform
 * starts another process in an environment whose process has ended.
 */
export function endingToEnvironment(
  ending: Ending,
  state: EnvironmentState,
  resets = false,
): keyof LabWords['environment'] {
  if (ending.status === 'completed') return 'everCold';
  const outlived = ending.status === 'returned' || ending.status === 'raised';
  const isReset = resets && (ending.status === 'exited' || ending.status === 'timed-out');
  if (state === 'recorded') return outlived ? 'wasKept' : isReset ? 'wasReset' : 'wasGone';
  if (state === 'reset') return 'reset';
  if (state === 'warm') return 'kept';
  if (state === 'left') return 'gone';
  return outlived ? 'repeated' : 'gone';
}
