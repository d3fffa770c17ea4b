/** One run of a lab, from the texts that were taken to the views that show what came of it. It is fetched with what runs it. */
import type { AttemptedRun } from '../exercise/attempted-run.ts';
import type { Outcome } from '../trace/format.ts';
import type { EnvironmentCrashed } from '../sandbox/errors.ts';
import type { RunObserver } from '../sandbox/sandbox.ts';
import type { Draft } from './code/drafts.ts';
import { EVENT, SETUP } from './code/text-names.ts';
import type { OpenSandbox } from './open-sandbox.ts';
import type { Ending } from './output/outcome-words.ts';
import { lackTexts } from './output/lack-texts.ts';
import { runToNotes } from './output/run-notes.ts';
import { bringPart, partToSaid, type Said } from './part-missing.ts';
import { filesOf } from './lab-files.ts';
import { RunLog } from './run-log.ts';
import type { RunParts } from './run-parts.ts';
import { asked, began, ended, environmentIs, loading, resumed, starting } from './session.ts';
import { tryView } from './view-fault.ts';
import { fill } from './words.ts';

/**
 * Runs the function that `taken` makes, once, with `event` in the place of their event where one is given, and shows it as it
 * goes; how it ends is shown as well, so this never rejects. Gives what came of it.
 */
export async function runLab(
  parts: RunParts,
  opened: OpenSandbox,
  taken: Draft,
  given?: string,
): Promise<AttemptedRun> {
  const { page, data, brought, output, errorLink, steps, messages, storage, change } = parts;
  let begun = false;
  const hasBegun = (): boolean => begun;
  /** A part of the page's scripts is on its way. */
  let isOpening = true;
  let isCold = true;
  let beginning: AttemptedRun['beginning'] = { cold: true };
  const kept = new Map<string, Uint8Array>();
  const files = filesOf(data, taken);
  const log = new RunLog();
  const observer: RunObserver = {
    loading(received, total) {
      change((session) => loading(session, received, total));
    },
    starting() {
      change(starting);
    },
    began(beginsWith) {
      const { cold, reset = false, process = null } = beginsWith;
      beginning = beginsWith;
      begun = true;
      isCold = cold;
      steps.close();
      tryView(output, () => {
        output.runStarted(log);
      });
      errorLink.hide();
      // A process of an environment that had one before finds what that has left.
      const isNew = cold && !reset && (process ?? 1) === 1;
      tryView(storage, () => {
        storage.runStarted(isNew, { ...files.task, ...files.image }, log);
      });
      tryView(messages, () => {
        messages.runStarted(log);
      });
      change((session) => environmentIs(began(session, { cold, reset, process }, taken), 'running'));
    },
    resumed() {
      change(resumed);
    },
    recorded(batch, blobs) {
      log.add(batch);
      for (const [name, bytes] of Object.entries(blobs)) kept.set(name, bytes);
      tryView(output, () => {
        output.add();
      });
      tryView(storage, () => {
        storage.add(blobs);
      });
      messages.add();
    },
    left() {
      change((session) => environmentIs(session, 'left'));
    },
  };
  const end = (ending: Ending, problem: Said | null = null, crash: Crash | null = null): AttemptedRun => {
    if (crash !== null && begun) {
      output.note(fill(page.words.line.crash, { failure: crash.failure, detail: crash.detail }));
    }
    tryView(output, () => {
      output.end();
    });
    if (begun) {
      if (ending.status !== 'stopped') void errorLink.find(log.events, ending);
      messages.end();
      if (ending.status === 'limited' && ending.by === 'sent' && ending.what === 'kept')
        storage.forgetBuckets();
      steps.open({ events: log.events }, isCold);
    }
    const { lines } = output;
    const { deadline } = opened;
    const { state } = opened.sandbox;
    // A run that never began has left no environment, and has ended the one that was there.
    const environment = !begun && state === 'idle' ? 'left' : state;
    const notes = runToNotes(
      log.events,
      ending,
      { lack: lackTexts(page.language), cut: page.words.cut },
      page.language,
    );
    change((session) => ended(session, { ending, begun, lines, notes, deadline, problem }, environment));
    return { beginning, events: log.events, ending, blobs: Object.fromEntries(kept) };
  };
  try {
    const { platform, bench } = data;
    const applySetup =
      bench && (await bringPart(() => import('./playground/setup-text.ts'), 'setup-text')).applySetup;
    isOpening = false;
    const setup = applySetup?.(data.setup, taken[SETUP] ?? bench?.setup ?? '') ?? data.setup;
    const event = given ?? taken[EVENT] ?? data.recorded.beginning.event;
    const { sandbox } = opened;
    const request = { platform, ...files, setup, event, ...(brought !== null && { brought }) };
    const answer = sandbox.run(request, observer);
    change((session) => asked(session, sandbox.state === 'running'));
    const outcome: Outcome = await answer;
    if (outcome.status === 'limited' && outcome.by === 'room' && !hasBegun())
      return end(outcome, { text: page.words.outcome.room, retry: true });
    if (outcome.status !== 'crashed') return end(outcome);
    const crash = opened.toCrash(outcome.message);
    return end(outcome, await opened.say(crash, true), crash);
  } catch (error) {
    if (isNamed(error, 'SandboxStopped')) return end({ status: 'stopped' });
    const problem = isOpening ? partToSaid(error, page.words.problem) : await opened.say(error, hasBegun());
    const crash = isNamed(error, 'EnvironmentCrashed') ? (error as EnvironmentCrashed) : null;
    return end({ status: 'crashed', message: String(error) }, problem, crash);
  }
}

/** What Python's failure was, and its words for it. */
type Crash = Pick<EnvironmentCrashed, 'failure' | 'detail'>;

/** The classes of a sandbox's errors come with the sandbox. */
function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
