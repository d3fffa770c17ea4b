/** `sitemap.xml`. It holds absolute addresses, so a build that knows no SITE has none. */
import { SITE_PART } from 'astro:env/server';
import type { APIContext } from 'astro';
import { mappedPages } from '../components/maps/mapped-pages.ts';
import { toSitemap, type MapEntry } from '../components/maps/sitemap.ts';
import { pagePath, pathUnder, SITEMAP } from '../i18n/links.ts';

/** The one map, or none. */
export function getStaticPaths(): { params: { map: string } }[] {
  if (SITE_PART === 'first' || !import.meta.env.SITE) return [];
  return [{ params: { map: SITEMAP.replace(/\.xml$/, '') } }];
}

/** The map. */
export async function GET({ site }: APIContext): Promise<Response> {
  if (site === undefined) throw new Error('A map of the site needs SITE.');
  const addressOf = (path: string): string => new URL(pathUnder(import.meta.env.BASE_URL, path), site).href;
  const entries: MapEntry[] = [];
  for (const { page, languages, changed } of await mappedPages()) {
    const versions = new Map<string, string>(
      languages.map((language) => [language, addressOf(pagePath(language, page))]),
    );
    // The front door, above the languages, is for whoever has none of them.
    if (page === '') {
      versions.set('x-default', addressOf(''));
      entries.push({ address: addressOf(''), changed: null, versions });
    }
    for (const language of languages) {
      const day = changed[language]?.toISOString().slice(0, 10) ?? null;
      entries.push({ address: addressOf(pagePath(language, page)), changed: day, versions });
    }
  }
  return new Response(toSitemap(entries), { headers: { 'content-type': 'application/xml' } });
}
