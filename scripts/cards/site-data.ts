/** All that the pictures are made of, read from the recordings, the content and the platforms' folders. */
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { errorSchema, MOMENTS, type ErrorFile } from '../../src/catalogue/error-schema.ts';
import {
  labsOnPages,
  type ArticleFile,
  type LabsOnPages,
} from '../../src/components/moment/labs-on-pages.ts';
import type { Language } from '../../src/i18n/languages.ts';
import { LANGUAGES } from '../../src/i18n/languages.ts';
import { readChecked } from '../../src/integrations/checked-json.ts';
import { listPlatforms, readPlatform } from '../../src/integrations/platforms.ts';
import { behavioursSchema } from '../../src/platforms/behaviours-schema.ts';
import type { PlatformDescription } from '../../src/platforms/description.ts';
import { recordingId, type Recording } from '../../src/trace/recording.ts';
import type { ReadText } from '../../src/trace/stop-view.ts';
import { readArticles } from '../article-files.ts';
import { parseArticle } from '../article-shape.ts';

/** An article in one language. */
export interface SiteArticle extends ArticleFile {
  readonly title: string;
  readonly description: string;
}

/** An error of the catalogue with its id. */
export type SiteError = ErrorFile & { readonly id: string };

/** A platform, its files as text, and how its model does beside the original. */
export interface SitePlatform {
  readonly description: PlatformDescription;
  readonly image: ReadText;
  readonly behaviours: readonly { readonly kind: 'same' | 'inferred' | 'differs' }[];
}

export interface SiteData {
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly articles: Readonly<Record<Language, readonly SiteArticle[]>>;
  readonly errors: readonly SiteError[];
  readonly platforms: ReadonlyMap<string, SitePlatform>;
  readonly labs: LabsOnPages;
}

/** Reads what is below a folder that is laid out as the project's. `recordings` are those of the whole site. */
export async function readSiteData(root: string, recordings: readonly Recording[]): Promise<SiteData> {
  const byId = new Map(
    recordings.map((recording) => [recordingId(recording.example, recording.platform), recording]),
  );
  const articles = Object.fromEntries(
    await Promise.all(
      LANGUAGES.map(async (language) => [language, await articlesOf(root, language)] as const),
    ),
  ) as Record<Language, readonly SiteArticle[]>;
  const errors = await errorsOf(root);
  const platforms = new Map(
    await Promise.all(
      (await listPlatforms()).map(async (name) => [name, await platformOf(root, name)] as const),
    ),
  );
  const labs = labsOnPages(articles.en, errors, (id) => byId.has(id));
  return { recordings: byId, articles, errors, platforms, labs };
}

/** What there must be: a recording, a platform. Throws Error with the name of what is missing. */
export function there<Value>(known: ReadonlyMap<string, Value>, name: string, what: string): Value {
  const found = known.get(name);
  if (found === undefined) throw new Error(`There is no ${what} "${name}".`);
  return found;
}

/** In the order in which the site lists them; drafts are no part of it. */
async function articlesOf(root: string, language: Language): Promise<readonly SiteArticle[]> {
  const texts = await readArticles(path.join(root, 'content'), language);
  return Array.from(texts, ([name, text]) => {
    const { frontmatter } = parseArticle(text);
    return {
      page: path.parse(name).name,
      text,
      title: frontmatter.get('title') ?? '',
      description: frontmatter.get('description') ?? '',
      order: Number(frontmatter.get('order')),
      isDraft: frontmatter.get('draft') === 'true',
    };
  })
    .filter(({ isDraft }) => !isDraft)
    .toSorted((one, other) => one.order - other.order);
}

async function errorsOf(root: string): Promise<readonly SiteError[]> {
  const folder = path.join(root, 'content', 'errors');
  const names = (await Array.fromAsync(glob('*.json', { cwd: folder }))).toSorted();
  const errors = await Promise.all(
    names.map(async (name) => ({
      ...(await readChecked(path.join(folder, name), errorSchema)),
      id: path.parse(name).name,
    })),
  );
  const rankOf = ({ when, order }: SiteError): number => MOMENTS.indexOf(when) * 1000 + order;
  return errors.toSorted((one, other) => rankOf(one) - rankOf(other));
}

async function platformOf(root: string, name: string): Promise<SitePlatform> {
  const { description, files } = await readPlatform(name);
  const { behaviours } = await readChecked(
    path.join(root, 'src', 'platforms', name, 'behaviours.json'),
    behavioursSchema,
  );
  const image: ReadText = (file) => {
    const content = files[file];
    return content !== undefined && 'text' in content ? content.text : null;
  };
  return { description, image, behaviours };
}
