/** The oEmbed records, a file each. They hold absolute addresses, so a build that knows no SITE has none. */
import { SITE_PART } from 'astro:env/server';
import type { APIContext } from 'astro';
import type { Embedded } from '../../../components/oembed/oembed.ts';
import { toOembed } from '../../../components/oembed/oembed.ts';
import { oembedPages } from '../../../components/oembed/oembed-pages.ts';
import { LANGUAGES, type Language } from '../../../i18n/languages.ts';
import { cardPath, pathUnder } from '../../../i18n/links.ts';
import { stringsOf } from '../../../i18n/strings.ts';
import { cardOfPage } from '../../../layouts/page-card.ts';

interface Props {
  language: Language;
  embedded: Embedded;
}

/** One file for each page that has a record, in each language. */
export async function getStaticPaths(): Promise<{ params: { lang: string; page: string }; props: Props }[]> {
  if (SITE_PART === 'first' || !import.meta.env.SITE) return [];
  const paths = LANGUAGES.map(async (language) =>
    Array.from(await oembedPages(language), ([page, embedded]) => ({
      params: { lang: language, page },
      props: { language, embedded },
    })),
  );
  return (await Promise.all(paths)).flat();
}

/** `{"version": "1.0", "type": "rich", …}`. */
export function GET({ site, props: { language, embedded } }: APIContext<Props>): Response {
  if (site === undefined) throw new Error('An oEmbed record needs SITE.');
  const { name, card } = stringsOf(language).site;
  const base = import.meta.env.BASE_URL;
  const { path } = cardOfPage(language, embedded.page, card);
  const isOwn = path === cardPath(language, embedded.page);
  const thumbnail = { url: new URL(pathUnder(base, path), site).href, width: 1200, height: 630 };
  return Response.json(toOembed(embedded, { site, base, language, name }, isOwn ? thumbnail : null));
}
