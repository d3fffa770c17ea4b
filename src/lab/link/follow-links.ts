/** Opens code links in a lab, and copies the lab: what a page has of both before either is asked for. */
import { findPart } from '../find-part.ts';
import { makeElement } from '../make-element.ts';
import { openLinkStore, type LinkHost } from './link-host.ts';

/** Follows the page's address from now on, and the button that copies. */
export function followLinks(host: LinkHost): void {
  const { lab, page, data, say, signal } = host;
  const fail = (): void => {
    say(page.words.problem.page);
  };
  const follow = (fragment: string, isKept = false): void => {
    if (/~|%7E/i.test(fragment))
      import('./open-link.ts').then(({ openLink }) => openLink(host, fragment, isKept)).catch(fail);
  };
  addEventListener(
    'hashchange',
    () => {
      follow(location.hash);
    },
    { signal },
  );
  if (/~|%7E/i.test(location.hash)) follow(location.hash);
  else follow(openLinkStore(lab.id).load()?.texts.link ?? '', true);
  const list = findPart(lab, '.bench-acts .more-list', HTMLElement);
  // These do nothing without this: so the page need not bring them, a lab each.
  const link = makeElement(document, 'a', 'button is-quiet to-playground', page.words.toPlayground);
  link.href = new URL('playground/', new URL(page.links, document.baseURI)).href;
  link.hidden = data.isClosed === true || page.embedOf !== undefined;
  const carry = (event: Event): void => {
    // Who presses ahead of the code waits for it; with it, the link is one as any other.
    if (event.type === 'click' && link.hash !== '') return;
    event.preventDefault();
    import('./open-in-playground.ts').then(({ carryCode }) => carryCode(host, link, event)).catch(fail);
  };
  for (const sign of ['pointerenter', 'focus', 'click']) link.addEventListener(sign, carry, { signal });
  const button = makeElement(document, 'button', 'button is-quiet', page.words.copyLab);
  button.type = 'button';
  button.ariaExpanded = 'false';
  list.append(link, button);
  signal.addEventListener('abort', () => {
    // A lab that is put elsewhere begins anew.
    button.nextElementSibling?.remove();
    button.remove();
    link.remove();
  });
  button.addEventListener(
    'click',
    () => {
      import('./copy-lab.ts').then(({ copyLab }) => copyLab(host, button)).catch(fail);
    },
    { signal },
  );
}
