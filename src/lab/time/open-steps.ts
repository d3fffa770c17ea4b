/** Puts together what a lab steps with: its bar, its views, and where it stands in time. */
import type { RecordedRun } from '../../trace/format.ts';
import { stepToLine } from '../../trace/steps.ts';
import { findPart } from '../find-part.ts';
import type { LabData, LabPage } from '../page-data.ts';
import { LabStepper } from './lab-stepper.ts';
import { siteFiles } from '../site-files.ts';
import { LabSteps } from './steps.ts';
import type { MomentPane } from './moment-pane.ts';

export interface OpenStepsOptions {
  readonly lab: HTMLElement;
  readonly page: LabPage;
  readonly data: LabData;
  /** What hears of every moment, beside the bar. */
  readonly panes: readonly MomentPane[];
  readonly stepped: (step: number | null) => void;
  /** Says something in the lab's status. */
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Makes a lab's steps; its views hear of every moment from now on. */
export function openSteps({ lab, page, data, panes, stepped, say, signal }: OpenStepsOptions): LabSteps {
  const { words, base } = page;
  const stepper = findPart(lab, 'lab-stepper', LabStepper);
  stepper.configure(words.step);
  const steps: LabSteps = new LabSteps({
    lab,
    home: page.embedOf === undefined ? null : new URL(page.embedOf, document.baseURI),
    stops: data.stops,
    recorded: () => fetchRun(data, new URL(base, document.baseURI)),
    panes: [stepper, ...panes],
    stepped,
    opened: (replay, stops) => {
      stepper.open(replay, stops);
    },
    failed: () => {
      const { noTrace } = words.step;
      void import('../sandbox.ts')
        .then(
          ({ fetchFaultToText }) => fetchFaultToText(page, noTrace),
          () => noTrace,
        )
        .then(say);
    },
    // The lab of an exercise has a name of its own, and its recording is not what its reader works on.
    pageOf: (stop) =>
      lab.closest('lab-exercise') === null && data.bench === undefined
        ? `${page.moments}${lab.id}/${stop}/`
        : null,
    signal,
  });
  lab.addEventListener(
    'lab-go',
    ({ detail: choose }) => {
      void steps.go(choose);
    },
    { signal },
  );
  lab.addEventListener(
    'lab-run-to',
    ({ detail: { source, line } }) => {
      void steps.go((replay, from) => stepToLine(replay, from ?? 0, source, line));
    },
    { signal },
  );
  lab.addEventListener(
    'lab-leave',
    () => {
      steps.leave();
    },
    { signal },
  );
  return steps;
}

/** The recorded run: that of the page when it is a small one, else the site's file. */
async function fetchRun({ recorded, trace }: LabData, base: URL): Promise<RecordedRun> {
  return trace === null ? recorded : siteFiles.run(new URL(trace, base));
}
