/** Opens code links in a lab, and copies the lab: what a page has of both before either is asked for. */
import { findPart } from '../find-part.ts';
import { makeElement } from '../make-element.ts';
import { openLinkStore, type LinkHost } from './link-host.ts';

/** Follows the page's address from now on, and the button that copies. */
export function followLinks(host: LinkHost): void {
  const { lab, page, say, signal } = host;
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
  const link = lab.querySelector<HTMLAnchorElement>('a.to-playground');
  for (const sign of ['pointerenter', 'focus', 'click'] as const)
    link?.addEventListener(
      sign,
      (event) => {
        // Who is as quick as to press ahead of the code waits for it; else it is a link as any other.
        const isPressed = sign === 'click' && link.hash === '';
        if (isPressed) event.preventDefault();
        else if (sign === 'click') return;
        import('./open-in-playground.ts')
          .then(({ carryCode }) => carryCode(host, link))
          .then((isCarried) => {
            if (isPressed && isCarried) location.assign(link.href);
          })
          .catch(fail);
      },
      { signal },
    );
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
