/* eslint-disable @typescript-eslint/no-empty-function -- nobody calls it for what it does */
{
  const { dataset } = document.documentElement;
  const isOld = ![
    Object.hasOwn,
    Promise.withResolvers,
    [].at,
    [].findLast,
    [].findLastIndex,
    [].toReversed,
    [].toSorted,
    [].toSpliced,
    ''.at,
    ''.replaceAll,
    ''.toWellFormed,
    self.DecompressionStream,
    self.MessageChannel,
    'popover' in document.documentElement,
  ].every(Boolean);
  let refused = '';
  if (isOld) customElements.define = () => {};
  else dataset.live = '';
  document.addEventListener('securitypolicyviolation', (event) => {
    refused = event.effectiveDirective;
  });
  addEventListener('load', () => {
    if (!isOld && !document.querySelector(':is(lab-root,explain-page,dump-page):not(:defined)')) return;
    const isFramed = self.origin === 'null' && parent !== self;
    dataset.no = isOld ? 'old' : isFramed ? 'embedded' : 'dead';
    delete dataset.live;
    /** @type {NodeListOf<HTMLElement>} */
    const sentences = document.querySelectorAll(`[data-why=${dataset.no}]`);
    for (const sentence of sentences) {
      // The styles show it, where they have come.
      sentence.hidden = false;
      /** @type {HTMLAnchorElement | null} */
      const end = sentence.querySelector(':last-child');
      if (end) end.textContent = isFramed ? (end.href = location.href) : refused;
    }
    /** @type {Partial<CSSMediaRule>[]} */
    const rules = [...document.styleSheets].flatMap((sheet) => {
      try {
        return [...sheet.cssRules];
      } catch {
        // A page of an opaque origin may not read its own styles.
        return [];
      }
    });
    for (const { cssRules = [], media } of rules) {
      rules.push(...cssRules);
      if (media?.mediaText.includes('scripting'))
        media.mediaText = media.mediaText.includes('none') ? 'all' : 'not all';
    }
  });
}
