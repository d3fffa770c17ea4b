/**
 * Brings the script of pairs once the page is there: a pair is a long way down its article, whose own lab comes first. Until
 * then it is its recordings, and its buttons are not seen. An address that names one of its moments does not wait.
 */

function bring(): void {
  import('./lab-pair.ts').catch(() => undefined);
}

/** Safari has no idle callbacks. */
function bringSoon(): void {
  if ('requestIdleCallback' in window) requestIdleCallback(bring, { timeout: 1000 });
  else setTimeout(bring);
}

const isNamed = Array.from(document.querySelectorAll('lab-pair')).some(({ id }) =>
  location.hash.startsWith(`#${id}`),
);
if (isNamed) bring();
else if (document.readyState === 'complete') bringSoon();
else addEventListener('load', bringSoon, { once: true });
