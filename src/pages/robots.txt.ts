/**
 * `robots.txt`: everything may be read. Pages that no search should show say so themselves, and have to be read for that.
 * Under a path of a host it is read by nobody; there the map of the site is told to search engines by hand.
 */
import type { APIContext } from 'astro';
import { pathUnder, SITEMAP } from '../i18n/links.ts';

/** The file; it names the map where there is one. */
export function GET({ site }: APIContext): Response {
  const map =
    site === undefined
      ? []
      : ['', `Sitemap: ${new URL(pathUnder(import.meta.env.BASE_URL, SITEMAP), site).href}`];
  return new Response(['User-agent: *', 'Allow: /', ...map, ''].join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
