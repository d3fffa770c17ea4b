/** Everything on the site that has an address: the one list behind `/index.json` and every `llms.txt`. */
import { getCollection } from 'astro:content';
import cards from 'virtual:cards';
import { SITE_PART } from 'astro:env/server';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';
import { cardPath, embedPage, pagePath, pathUnder, platformPage, twinPath } from '../../i18n/links.ts';
import { stringsOf } from '../../i18n/strings.ts';
import { articlesIn } from '../article/articles-in.ts';
import { imageFiles, sourcePage } from '../article/image-files.ts';
import { allErrors, pageOfError, titleOfError } from '../error/errors-in.ts';
import { pageOfMoment, textsOfStop } from '../moment/moment-list.ts';
import { allMoments } from '../moment/moments-in.ts';
import type { SiteIndex } from './index-schema.ts';

/** Where below the base the list and its schema are. */
const SCHEMA = 'index.schema.json';

/** The list. `site` is the origin that the site is built for, or undefined. */
export async function siteIndex(site: URL | undefined): Promise<SiteIndex> {
  const addressOf = (path: string): string => {
    const own = pathUnder(import.meta.env.BASE_URL, path);
    return site === undefined ? own : new URL(own, site).href;
  };
  const pagesOf = (page: string) => ({
    page: inEach((language) => addressOf(pagePath(language, page))),
    twin: inEach((language) => addressOf(twinPath(language, page))),
    card: LANGUAGES.every((language) => isDrawn(cardPath(language, page)))
      ? inEach((language) => addressOf(cardPath(language, page)))
      : null,
  });
  const head = {
    $schema: addressOf(SCHEMA),
    version: 1,
    name: stringsOf('en').site.name,
    home: inEach((language) => addressOf(pagePath(language, ''))),
  } as const;
  if (SITE_PART === 'first') return { ...head, articles: [], errors: [], platforms: [], labs: [], files: [] };
  const [articles, errors, moments] = await Promise.all([articleRows(), allErrors(), allMoments()]);
  const recordings = await getCollection('recordings');
  const platforms = [...new Set(recordings.map(({ data }) => data.platform))].sort();
  return {
    ...head,
    articles: articles.map((row) => ({ ...row, ...pagesOf(row.id) })),
    errors: errors.map((error) => ({
      id: error.id,
      platform: error.platform,
      title: inEach((language) => titleOfError(error, language)),
      names: [...error.names],
      says: inEach((language) => error.says[language].replaceAll(/[`*]/g, '')),
      ...pagesOf(pageOfError(error)),
    })),
    platforms: (await getCollection('platforms')).map(({ id, data }) => ({
      id,
      title: data.title,
      page: pagesOf(platformPage(id)).page,
    })),
    labs: [
      ...moments.labs.map(({ on, moments: stops }) => ({
        id: on.lab,
        kind: 'lab' as const,
        examples: [on.example],
        platforms: [on.platform],
        page: inEach((language) => `${addressOf(pagePath(language, on.page))}#${on.lab}`),
        embed: pagesOf(embedPage(on.lab)).page,
        trace: addressOf(`traces/${on.lab}.json`),
        moments: stops.map((moment) => ({
          id: moment.stop.name,
          step: moment.step,
          title: inEach((language) => textsOfStop(moment.stop, language).title),
          ...pagesOf(pageOfMoment(on, moment)),
        })),
      })),
      ...moments.pairs.map(({ on, sides, moments: marks }) => ({
        id: on.lab,
        kind: 'pair' as const,
        examples: [...new Set(sides.map(({ example }) => example))],
        platforms: [...new Set(sides.map(({ platform }) => platform))],
        page: inEach((language) => `${addressOf(pagePath(language, on.page))}#${on.id}`),
        embed: null,
        trace: null,
        moments: marks.map((moment) => ({
          id: moment.mark,
          step: null,
          title: inEach((language) => stringsOf(language).pair.marks[moment.mark]),
          ...pagesOf(pageOfMoment(on, moment)),
        })),
      })),
    ],
    files: platforms.flatMap((platform) =>
      imageFiles(platform).map((path) => ({
        platform,
        path,
        page: pagesOf(sourcePage(platform, path)).page,
      })),
    ),
  };
}

/** Articles that are there in every language: a check holds that all are. */
async function articleRows() {
  const lists = inEach((language) => articlesIn(language));
  const [en, ja] = await Promise.all([lists.en, lists.ja]);
  return en.flatMap((article) => {
    const other = ja.find(({ page }) => page === article.page);
    if (other === undefined) return [];
    const rows = { en: article.entry.data, ja: other.entry.data };
    return [
      {
        id: article.page,
        title: inEach((language) => rows[language].title),
        description: inEach((language) => rows[language].description),
        updated: inEach((language) => rows[language].updated.toISOString().slice(0, 10)),
      },
    ];
  });
}

/** A card is drawn by `npm run cards` alone; a build without it has none. */
function isDrawn(card: string): boolean {
  return Object.hasOwn(cards, card.replace(/^cards\//, ''));
}

function inEach<Value>(valueIn: (language: Language) => Value): Record<Language, Value> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, valueIn(language)])) as Record<
    Language,
    Value
  >;
}
