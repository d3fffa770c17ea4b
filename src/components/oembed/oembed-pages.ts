/** The pages that have an oEmbed record: articles, of which the first lab is embedded, moments of labs, and embed pages. */
import { getCollection } from 'astro:content';
import type { Language } from '../../i18n/languages.ts';
import { embedPage } from '../../i18n/links.ts';
import { articlesIn } from '../article/articles-in.ts';
import { allErrors, pageOfError, titleOfError } from '../error/errors-in.ts';
import { labsOnPages } from '../moment/labs-on-pages.ts';
import { pageOfMoment, textsOfStop } from '../moment/moment-list.ts';
import { allMoments } from '../moment/moments-in.ts';
import type { Embedded } from './oembed.ts';

/** What each page's record is of, by the page's address below the language. Two sides at once have no embed page, and no record. */
export async function oembedPages(language: Language): Promise<ReadonlyMap<string, Embedded>> {
  const pages = new Map<string, Embedded>();
  const articles = await articlesIn(language);
  const recordings = new Set((await getCollection('recordings')).map(({ id }) => id));
  const { labs: all } = await allMoments();
  const homes = new Map(all.map(({ on }) => [on.lab, on.page]));
  for (const { page, entry } of articles) {
    const { labs } = labsOnPages([{ page, text: entry.body ?? '' }], [], (id) => recordings.has(id));
    // Of the labs that are on several pages, another one may be the way home.
    const first = labs.find(({ lab }) => homes.get(lab) === page) ?? labs[0];
    if (first !== undefined) pages.set(page, { title: entry.data.title, page, lab: first.lab, stop: null });
  }
  const titles = new Map([
    ...articles.map(({ page, entry }) => [page, entry.data.title] as const),
    ...(await allErrors()).map((error) => [pageOfError(error), titleOfError(error, language)] as const),
  ]);
  for (const { on, moments } of all) {
    const { lab, page } = on;
    const title = titles.get(page) ?? '';
    pages.set(embedPage(lab), { title, page, lab, stop: null });
    for (const moment of moments) {
      const own = pageOfMoment(on, moment);
      const says = textsOfStop(moment.stop, language).title;
      pages.set(own, { title: `${says} · ${title}`, page: own, lab, stop: moment.stop.name });
    }
  }
  return pages;
}
