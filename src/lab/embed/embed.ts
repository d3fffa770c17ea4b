/**
 * The script of an embed page: its lab, by the elements that every page has, and what a lab needs in a frame of another site.
 * It is one classic script in the page (`integrations/embed-script.ts`). README.md has what it promises to that site.
 */
import '../code/lab-editable.ts';
import '../code/lab-code.ts';
import '../messages/lab-messages.ts';
import '../output/lab-output.ts';
import '../predict/lab-prediction.ts';
import '../storage/lab-storage.ts';
import '../stack/lab-stack.ts';
import '../time/lab-stepper.ts';
import { LabRoot } from '../lab-root.ts';
import { send } from '../events.ts';
import { findPart } from '../find-part.ts';
import { readLabData, readLabPage } from '../page-data.ts';
import { siteFiles } from '../site-files.ts';
import { readEmbedAddress } from './address.ts';
import { openLinks } from './links.ts';
import { bringBlock, bringLinks, bringRun, mayFetch } from './parts.ts';
import { momentToFragment } from '../time/step-address.ts';
import { tellHeight } from './tell-height.ts';

siteFiles.run = bringRun;
siteFiles.block = bringBlock;
siteFiles.links = bringLinks;

const lab = findPart(document.body, 'lab-root', LabRoot);
const stops = readLabData(lab).stops.map(({ name }) => name);

/** The lab reads addresses as pages of the site have them: this one is made such a one before the lab looks at it. */
function followAddress(): string | null {
  const { secret, fragment } = readEmbedAddress(location.hash, lab.id, stops);
  // An address that is WordPress's alone stays what it is: nothing reads it.
  if (fragment !== '' && fragment !== location.hash) history.replaceState(history.state, '', fragment);
  return secret;
}

let secret = followAddress();
// Before the lab's own: it begins to listen when this script has ended.
addEventListener('hashchange', () => {
  secret = followAddress() ?? secret;
});

const say = (sentence: string): void => {
  send(lab, 'lab-say', sentence);
};

// Behind the lab's own sentence, which would send the reader to their connection.
document.addEventListener('lab-no-editor', () => {
  void mayFetch().then((isAllowed) => {
    if (!isAllowed) say(readLabPage(document).words.problem.embedded);
  });
});

// The line home leads to the moment that is shown.
const home = document.querySelector<HTMLAnchorElement>('.embed-home a');
document.addEventListener('lab-moment', ({ detail: { stop, step } }) => {
  if (home !== null)
    home.hash = step === null ? lab.id : momentToFragment(stop === '' ? { step } : { stop }, lab.id);
});

openLinks({ document, secret: () => secret, say });
tellHeight({ lab: lab.id, secret: () => secret });
