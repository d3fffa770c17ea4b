/**
 * Every event that the elements of a lab send one another, with what it carries. All of them bubble: an element asks,
 * and the lab around it does.
 */
import type { ChooseStep } from './time/moment-pane.ts';
import type { AttemptedRun } from '../exercise/attempted-run.ts';
import type { ViewName } from './session.ts';

/** What each event carries. */
export interface LabEvents {
  /** The reader has changed a text. */
  'lab-edit': null;
  /** A text is another than before, or files have been added or taken away. */
  'lab-texts': null;
  /** The reader asks to run, from inside an editor. */
  'lab-run': null;
  /** A run of the reader's is over. */
  'lab-ran': AttemptedRun;
  /** A part of the page cannot be had. */
  'lab-no-part': null;
  /** The editor's script cannot be had. */
  'lab-no-editor': null;
  /** Asks for a step of the run. */
  'lab-go': ChooseStep;
  /** Nobody wants to step any more. */
  'lab-leave': null;
  /** Asks to go on to where a line runs. */
  'lab-run-to': { readonly source: string; readonly line: number };
  /** Asks to show a line of a file; `from` is what was pressed. */
  'lab-open-file': {
    readonly path: string;
    readonly line: number;
    readonly from: HTMLElement | null;
  };
  /** Asks to say a sentence in the lab's one status. */
  'lab-say': string;
  /** The lab stands at another moment, and at which stop; no name where it is none. */
  'lab-moment': { readonly lab: string; readonly stop: string; readonly step: number | null };
  /** Asks to show a view. */
  'lab-open-view': ViewName;
  /** Tells how many things a view holds. */
  'lab-count': { readonly view: ViewName; readonly count: number };
  /** Asks to show another lab of the same group: another platform, or another case. */
  'lab-choose': string;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it only adds entries
  interface HTMLElementEventMap extends LabEventMap {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it only adds entries
  interface DocumentEventMap extends LabEventMap {}
}

type LabEventMap = { readonly [Name in keyof LabEvents]: CustomEvent<LabEvents[Name]> };

/** Sends an event from an element. */
export function send<Name extends keyof LabEvents>(
  from: EventTarget,
  name: Name,
  ...detail: LabEvents[Name] extends null ? [] : [LabEvents[Name]]
): void {
  from.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: detail[0] ?? null }));
}
