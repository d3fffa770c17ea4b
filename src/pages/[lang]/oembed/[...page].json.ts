/** The oEmbed records, a file each. They hold absolute addresses, so a build that knows no SITE has none. */
import { SITE_PART } from 'astro:env/server';
import type { APIContext } from 'astro';
import type { Embedded } from '../../../components/oembed/oembed.ts';
import { toOembed } from '../../../components/oembed/oembed.ts';
import { oembedPages } from '../../../components/oembed/oembed-pages.ts';
import { LANGUAGES, type Language } from '../../../i18n/languages.ts';
import { stringsOf } from '../../../i18n/strings.ts';

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
  const { name } = stringsOf(language).site;
  return Response.json(toOembed(embedded, { site, base: import.meta.env.BASE_URL, language, name }));
}
