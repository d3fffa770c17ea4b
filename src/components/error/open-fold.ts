/** Opens the fold that holds what the address names: not every browser does so by itself, and a lab has to be in sight first. */
function openNamed(): void {
  const [, name = ''] = /^#([^/]+)/.exec(location.hash) ?? [];
  const fold = document.getElementById(decodeURIComponent(name))?.closest('details');
  if (fold === null || fold === undefined || fold.open) return;
  fold.open = true;
  document.getElementById(name)?.scrollIntoView({ block: 'nearest' });
}

addEventListener('hashchange', openNamed, { capture: true });
openNamed();
