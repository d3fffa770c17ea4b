/** Opens code links in a lab, and copies the lab: what a page has of both before either is asked for. */
import { findStorage, openDraft, type Draft, type DraftStore } from '../code/drafts.ts';
import type { LabTexts } from '../code/texts.ts';
import { findPart } from '../find-part.ts';
import { makeElement } from '../make-element.ts';
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

/** Follows the page's address from now on, and the button that copies. */
export function followLinks(host: LinkHost): void {
  const { lab, page, say, signal } = host;
  const fail = (): void => {
    say(page.words.problem.page);
  };
  const follow = (fragment: string): void => {
    if (/~|%7E/i.test(fragment))
      import('./open-link.ts').then(({ openLink }) => openLink(host, fragment)).catch(fail);
  };
  addEventListener(
    'hashchange',
    () => {
      follow(location.hash);
    },
    { signal },
  );
  follow(/~|%7E/i.test(location.hash) ? location.hash : (openLinkStore(lab.id).load()?.texts.link ?? ''));
  // It does nothing without this: so the page need not bring it, a lab each.
  const button = makeElement(document, 'button', 'button is-quiet', page.words.copyLab);
  button.type = 'button';
  button.ariaExpanded = 'false';
  findPart(lab, '.bench-acts .more-list', HTMLElement).append(button);
  signal.addEventListener('abort', () => {
    // A lab that is put elsewhere begins anew.
    button.nextElementSibling?.remove();
    button.remove();
  });
  button.addEventListener(
    'click',
    () => {
      import('./copy-lab.ts').then(({ copyLab }) => copyLab(host, button)).catch(fail);
    },
    { signal },
  );
}

/** Where the link is kept whose texts the reader has changed: it is open again at the next visit. */
export function openLinkStore(lab: string): DraftStore {
  return openDraft(findStorage(window), `${lab}~`, () => ({}));
}
