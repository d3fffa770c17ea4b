/** One run of a lab, from the texts that stand there to the panes that show what came of it. */
import type { Outcome, TraceEvent } from '../trace/format.ts';
import { contentToFile } from '../trace/file-content.ts';
import { EnvironmentCrashed, SandboxStopped } from '../sandbox/errors.ts';
import type { Files } from '../sandbox/protocol.ts';
import type { RunObserver } from '../sandbox/sandbox.ts';
import type { Draft } from './code/drafts.ts';
import type { LabData, LabPage } from './page-data.ts';
import type { LabStorage } from './storage/lab-storage.ts';
import type { LabMessages } from './messages/lab-messages.ts';
import type { LabOutput } from './output/lab-output.ts';
import type { LabSource } from './code/lab-source.ts';
import type { LabSteps } from './time/steps.ts';
import type { LabTexts } from './code/texts.ts';
import type { LabView } from './view.ts';
import type { OpenSandbox } from './open-sandbox.ts';
import type { Ending, EnvironmentState } from './output/outcome-words.ts';
import { errorToProblem } from './problem-words.ts';
import { EVENT } from './code/text-names.ts';
import { fill } from './words.ts';

/** What a run goes through. */
export interface RunParts {
  readonly page: LabPage;
  readonly data: LabData;
  readonly texts: LabTexts;
  readonly view: LabView;
  readonly output: LabOutput;
  readonly steps: LabSteps;
  readonly messages: LabMessages;
  readonly storage: LabStorage;
  readonly source: LabSource;
}

/** What a run asks of its lab. */
export interface RunOptions {
  readonly open: () => Promise<OpenSandbox>;
  /** Whether the reader has pressed Stop, which they may before there is a sandbox. */
  readonly isStopped: () => boolean;
  /** Called when the run begins, with the texts that it runs. */
  readonly began: (taken: Draft) => void;
}

/** Runs the lab's function once, and shows it as it goes; how it ends is shown as well, so this never rejects. */
export async function runLab(parts: RunParts, { open, isStopped, began }: RunOptions): Promise<void> {
  const { page, data, texts, view, output, steps, messages, storage, source } = parts;
  let begun = false;
  let isCold = true;
  let opened: OpenSandbox | null = null;
  // What the reader sees as they press Run is what is run, however long it takes to begin.
  const taken = texts.all();
  const files = filesOf(data, taken);
  const events: TraceEvent[] = [];
  /** Shows the end, with what has become of the environment; nothing before there is one. */
  let showEnd: (state: EnvironmentState) => void = () => undefined;
  const observer: RunObserver = {
    loading(received, total) {
      view.show({ kind: 'loading', received, total });
    },
    starting() {
      view.show({ kind: 'starting' });
    },
    began({ cold }) {
      begun = true;
      isCold = cold;
      steps.close();
      source.setTexts(changedTexts(originalsOf(data), taken));
      output.runStarted();
      storage.runStarted(cold, { ...files.task, ...files.image });
      messages.runStarted();
      view.show({ kind: 'running', cold });
      began(taken);
    },
    resumed() {
      view.show({ kind: 'running', cold: isCold });
    },
    recorded(batch, blobs) {
      for (const event of batch) events.push(event);
      output.add(batch);
      storage.add(batch, blobs);
      messages.add(batch);
    },
    left() {
      showEnd('left');
    },
  };
  const end = (ending: Ending, error: unknown): void => {
    const problem = error === null ? null : errorToProblem(error);
    const deadline = opened?.deadline ?? 0;
    if (error instanceof EnvironmentCrashed && begun) {
      output.note(fill(page.words.line.crash, { failure: error.failure, detail: error.detail }));
    }
    output.end();
    if (begun) messages.end();
    if (begun) steps.open({ events }, isCold);
    const { lines } = output;
    showEnd = (state): void => {
      view.show({ kind: 'ended', ending, begun, lines, deadline, state, problem });
    };
    showEnd(opened?.sandbox.state ?? 'idle');
  };
  try {
    view.show({ kind: 'starting' });
    opened = await open();
    if (isStopped()) throw new SandboxStopped();
    const { platform, setup } = data;
    const event = taken[EVENT] ?? data.recorded.beginning.event;
    const outcome: Outcome = await opened.sandbox.run({ platform, ...files, setup, event }, observer);
    const crash = outcome.status === 'crashed' ? new EnvironmentCrashed('Python', outcome.message) : null;
    end(outcome, crash);
  } catch (error) {
    if (error instanceof SandboxStopped) end({ status: 'stopped' }, null);
    else end({ status: 'crashed', message: String(error) }, error);
  }
}

/** The files of the disk that are the function's, and those of the runtime that the reader has opened. */
function filesOf(
  { task, places }: LabData,
  taken: Draft,
): { readonly task: Files; readonly image: Readonly<Record<string, string>> } {
  return {
    task: Object.fromEntries(
      Object.entries(task).map(([path, content]) => [path, taken[path] ?? contentToFile(content)]),
    ),
    image: Object.fromEntries(Object.entries(taken).filter(([name]) => Object.hasOwn(places.image, name))),
  };
}

/** The lab's texts as they were made: files that are text, and the event. */
export function originalsOf({ task, recorded }: LabData): Record<string, string> {
  const files = Object.entries(task).flatMap(([path, content]) =>
    'text' in content ? [[path, content.text]] : [],
  );
  return { ...(Object.fromEntries(files) as Record<string, string>), [EVENT]: recorded.beginning.event };
}

/** Those of the reader's texts that are not the page's. */
function changedTexts(originals: Draft, now: Draft): Draft {
  return Object.fromEntries(Object.entries(now).filter(([name, text]) => originals[name] !== text));
}
