/** The map of a site for search engines. https://www.sitemaps.org/protocol.html */

/** One page of the map, with its versions in other languages. */
export interface MapEntry {
  readonly address: string;
  /** The day of its last change, `2026-11-30`; null where that is not known. */
  readonly changed: string | null;
  /** The address of each version, itself among them, by `hreflang`. */
  readonly versions: ReadonlyMap<string, string>;
}

/** The map's XML. */
export function toSitemap(entries: readonly MapEntry[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...entries.map(toUrl),
    '</urlset>',
    '',
  ].join('\n');
}

function toUrl({ address, changed, versions }: MapEntry): string {
  const links = Array.from(
    versions,
    ([language, href]) => `<xhtml:link rel="alternate" hreflang="${toXml(language)}" href="${toXml(href)}"/>`,
  );
  const lastmod = changed === null ? '' : `<lastmod>${toXml(changed)}</lastmod>`;
  return `<url><loc>${toXml(address)}</loc>${lastmod}${links.join('')}</url>`;
}

function toXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
