/** One run of a lab, from the texts that stand there to the views that show what came of it. */
import type { AttemptedRun } from '../exercise/attempted-run.ts';
import { eventsToAbsences, type Outcome } from '../trace/format.ts';
import type { EnvironmentCrashed } from '../sandbox/errors.ts';
import type { BroughtDisk } from '../sandbox/sandbox.ts';
import type { RunObserver } from '../sandbox/sandbox.ts';
import type { Draft } from './code/drafts.ts';
import { EVENT, SETUP } from './code/text-names.ts';
import type { LabMessages } from './messages/lab-messages.ts';
import type { OpenSandbox } from './open-sandbox.ts';
import type { ErrorLink } from './output/error-link.ts';
import type { LabOutput } from './output/lab-output.ts';
import type { Ending } from './output/outcome-words.ts';
import type { LabData, LabPage } from './page-data.ts';
import { bringPart, partToSaid, type Said } from './part-missing.ts';
import { filesOf } from './lab-files.ts';
import { RunLog } from './run-log.ts';
import { asked, began, ended, environmentIs, loading, resumed, starting, type Session } from './session.ts';
import type { LabStorage } from './storage/lab-storage.ts';
import type { LabSteps } from './time/steps.ts';
import { tryView } from './view-fault.ts';
import { fill } from './words.ts';

/** What a run goes through. */
export interface RunParts {
  readonly page: LabPage;
  readonly data: LabData;
  /** A disk in the place of the platform's own; null where the runtime is the platform's. */
  readonly brought: BroughtDisk | null;
  readonly output: LabOutput;
  readonly errorLink: ErrorLink;
  readonly steps: LabSteps;
  readonly messages: LabMessages;
  readonly storage: LabStorage;
  /** The texts as they are now, by name. */
  readonly texts: () => Draft;
  /** The lab's session becomes another one, and is shown. */
  readonly change: (to: (session: Session) => Session) => void;
}

/** What a run asks of its lab. */
export interface RunOptions {
  readonly open: () => Promise<OpenSandbox>;
  /** Whether the reader has pressed Stop, which they may before there is a sandbox. */
  readonly isStopped: () => boolean;
  /** The event, as JSON text, in the place of the lab's own. */
  readonly event?: string;
}

/**
 * Runs the lab's function once, and shows it as it goes; how it ends is shown as well, so this never rejects. Gives what came
 * of it.
 */
export async function runLab(
  parts: RunParts,
  { open, isStopped, event: given }: RunOptions,
): Promise<AttemptedRun> {
  const { page, data, brought, output, errorLink, steps, messages, storage, change } = parts;
  let begun = false;
  const hasBegun = (): boolean => begun;
  /** Parts of the page's scripts are on their way. */
  let isOpening = true;
  let isCold = true;
  let beginning: AttemptedRun['beginning'] = { cold: true };
  const kept = new Map<string, Uint8Array>();
  let opened: OpenSandbox | null = null;
  // What the reader sees as they press Run is what is run, however long it takes to begin.
  const taken = parts.texts();
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
    const deadline = opened?.deadline ?? 0;
    const state = opened?.sandbox.state ?? 'idle';
    // A run that never began has left no environment, and has ended the one that was there.
    const environment = !begun && state === 'idle' ? 'left' : state;
    const absences = eventsToAbsences(log.events);
    change((session) => ended(session, { ending, begun, lines, absences, deadline, problem }, environment));
    return { beginning, events: log.events, ending, blobs: Object.fromEntries(kept) };
  };
  try {
    change(starting);
    opened = await open();
    if (isStopped()) return end({ status: 'stopped' });
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
    if (outcome.status !== 'crashed') return end(outcome);
    const crash = opened.toCrash(outcome.message);
    return end(outcome, await opened.say(crash, true), crash);
  } catch (error) {
    if (isNamed(error, 'SandboxStopped')) return end({ status: 'stopped' });
    const problem =
      opened === null || isOpening
        ? partToSaid(error, page.words.problem)
        : await opened.say(error, hasBegun());
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
