/** What links do their work with: a lab, and where its open link is kept. */
import { findStorage, openDraft, type Draft, type DraftStore } from '../code/drafts.ts';
import type { LabTexts } from '../code/texts.ts';
import type { LabData, LabPage } from '../page-data.ts';
import type { LabSteps } from '../time/steps.ts';

/** A lab that links lead to. */
export interface LinkHost {
  readonly lab: HTMLElement;
  readonly page: LabPage;
  readonly data: LabData;
  /** Its texts as they were made, by name. */
  readonly originals: Draft;
  readonly texts: LabTexts;
  readonly steps: LabSteps;
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/** Where the link is kept whose texts the reader has changed: it is open again at the next visit. */
export function openLinkStore(lab: string): DraftStore {
  return openDraft(findStorage(window), `${lab}~`, () => ({}));
}
