/** Puts together what a lab steps with: its controls, its panes, and where it stands in time. */
import type { RecordedRun } from '../../trace/format.ts';
import { stepToLine } from '../../trace/steps.ts';
import { copyText } from '../copy-text.ts';
import { findPart } from '../find-part.ts';
import type { LabData, LabPage } from '../page-data.ts';
import { LabStorage } from '../storage/lab-storage.ts';
import { LabMessages } from '../messages/lab-messages.ts';
import { LabOutput } from '../output/lab-output.ts';
import { LabSource, type RunTo } from '../code/lab-source.ts';
import { LabStack, type OpenFrame } from '../stack/lab-stack.ts';
import { LabStepper, type ChooseStep } from './lab-stepper.ts';
import { LabSteps } from './steps.ts';
import type { MomentPane } from './moment-pane.ts';
import { momentToText } from './step-words.ts';

export interface OpenStepsOptions {
  readonly lab: HTMLElement;
  readonly page: LabPage;
  readonly data: LabData;
  /** Says something in the lab's status. */
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Makes a lab's steps; its panes hear of every moment from now on. */
export function openSteps({ lab, page, data, say, signal }: OpenStepsOptions): LabSteps {
  const { words, owners, base } = page;
  const stepper = findPart(lab, 'lab-stepper', LabStepper);
  const stack = findPart(lab, 'lab-stack', LabStack);
  const source = findPart(lab, 'lab-source', LabSource);
  stepper.configure(words.step);
  stack.configure(words.step, owners);
  source.configure(words.step, owners, data.places, ownBlocks(lab));
  const status: MomentPane = {
    show: (shown) => {
      say(shown === null ? '' : momentToText(shown.moment, words.step));
    },
  };
  const answer: MomentPane = {
    show: (shown) => {
      const isLater = shown !== null && shown.moment.kind !== 'end';
      findPart(lab, '.lab-answer', HTMLElement).classList.toggle('is-later', isLater);
    },
  };
  const steps: LabSteps = new LabSteps({
    lab,
    stops: data.stops,
    recorded: () => fetchRun(data, new URL(base, document.baseURI)),
    panes: [
      stepper,
      source,
      stack,
      findPart(lab, 'lab-output', LabOutput),
      findPart(lab, 'lab-storage', LabStorage),
      findPart(lab, 'lab-messages', LabMessages),
      answer,
      status,
    ],
    opened: (replay, stops) => {
      stepper.open(replay, stops);
    },
    failed: () => {
      say(words.step.noTrace);
    },
    signal,
  });
  lab.addEventListener(
    'lab-go',
    (event) => {
      const { detail: choose } = event as CustomEvent<ChooseStep>;
      void steps.go(choose);
    },
    { signal },
  );
  lab.addEventListener(
    'lab-run-to',
    (event) => {
      const { source: path, line } = (event as RunTo).detail;
      void steps.go((replay, from) => stepToLine(replay, from ?? 0, path, line));
    },
    { signal },
  );
  lab.addEventListener(
    'lab-open-frame',
    (event) => {
      const { source: path, line } = (event as OpenFrame).detail;
      source.visit(path, line);
    },
    { signal },
  );
  findPart(lab, '.lab-leave', HTMLButtonElement).addEventListener(
    'click',
    () => {
      steps.leave();
    },
    { signal },
  );
  findPart(lab, '.lab-share', HTMLButtonElement).addEventListener(
    'click',
    () => {
      const copied = words.step.linkCopied;
      void copyText(steps.address(), say, { copied, notCopied: words.status.notCopied });
    },
    { signal },
  );
  return steps;
}

/** The recorded run: that of the page when it is a small one, else the site's file. */
async function fetchRun({ recorded, trace }: LabData, base: URL): Promise<RecordedRun> {
  if (trace === null) return recorded;
  const response = await fetch(new URL(trace, base));
  if (!response.ok) throw new Error(`${trace} answered ${String(response.status)}.`);
  return (await response.json()) as RecordedRun;
}

/** Copies of the lab's own blocks of code with their colours, by the path of the file, before anybody edits them. */
function ownBlocks(lab: Element): ReadonlyMap<string, HTMLPreElement> {
  const blocks = lab.querySelectorAll<HTMLPreElement>('.lab-file pre.code');
  return new Map(
    Array.from(blocks, (block) => [
      block.getAttribute('aria-label') ?? '',
      block.cloneNode(true) as HTMLPreElement,
    ]),
  );
}
