/** The articles as RSS, those that were changed last first, with what their labs printed and answered. */
import rss from '@astrojs/rss';
import { getCollection } from 'astro:content';
import { SITE_PART } from 'astro:env/server';
import type { APIContext } from 'astro';
import { articlesIn } from '../../components/article/articles-in.ts';
import { recordingsToFeedHtml, withoutControls } from '../../components/feed/article-outputs.ts';
import { labsOnPages } from '../../components/moment/labs-on-pages.ts';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';
import { feedPath, pagePath, pathUnder } from '../../i18n/links.ts';
import { stringsOf } from '../../i18n/strings.ts';

interface Props {
  language: Language;
}

/** One feed for each language; it holds absolute addresses, so a build that knows no SITE has none. */
export function getStaticPaths(): { params: { lang: string }; props: Props }[] {
  if (SITE_PART === 'first' || !import.meta.env.SITE) return [];
  return LANGUAGES.map((language) => ({ params: { lang: language }, props: { language } }));
}

/** The feed. */
export async function GET({ site, props: { language } }: APIContext<Props>): Promise<Response> {
  if (site === undefined) throw new Error('A feed needs SITE.');
  const strings = stringsOf(language).site;
  const addressOf = (path: string): string => new URL(pathUnder(import.meta.env.BASE_URL, path), site).href;
  const recordings = new Map((await getCollection('recordings')).map(({ id, data }) => [id, data]));
  const articles = (await articlesIn(language)).toSorted(
    (one, other) =>
      other.entry.data.updated.getTime() - one.entry.data.updated.getTime() ||
      one.entry.data.order - other.entry.data.order,
  );
  const items = articles.map(({ page, entry: { body = '', data } }) => {
    const { labs, pairs } = labsOnPages([{ page, text: body }], [], (id) => recordings.has(id));
    const shown = new Set([...labs.map(({ lab }) => lab), ...pairs.flatMap(({ sides }) => sides)]);
    return {
      title: data.title,
      description: data.description,
      link: addressOf(pagePath(language, page)),
      pubDate: data.updated,
      content: recordingsToFeedHtml([...shown].flatMap((id) => recordings.get(id) ?? [])),
    };
  });
  return rss({
    title: strings.name,
    description: withoutControls(strings.description),
    site: addressOf(pagePath(language, '')),
    xmlns: { atom: 'http://www.w3.org/2005/Atom' },
    customData:
      `<language>${language}</language>` +
      `<atom:link href="${addressOf(feedPath(language))}" rel="self" type="application/rss+xml"/>`,
    items,
  });
}
