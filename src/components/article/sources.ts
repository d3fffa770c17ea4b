import { getEntry } from 'astro:content';
import sources from '../../../content/sources.json' with { type: 'json' };
import type { Language } from '../../i18n/languages.ts';
import { elementsNamed, readMdx } from './read-mdx.ts';

/** A text that articles rest on, as one of them names it. */
export interface NamedSource {
  readonly name: string;
  readonly url: string | null;
  /** Its number in the article's list of sources, from 1. */
  readonly number: number;
}

/**
 * A source as an article names it. Throws when there is no such source, or when the article's list of sources leaves
 * it out: a mark behind a sentence must lead somewhere.
 */
export async function sourceOf(
  language: Language,
  article: string | undefined,
  id: string,
): Promise<NamedSource> {
  const named = namedSource(language, id);
  const body = (await getEntry('articles', `${language}/${article ?? ''}`))?.body ?? '';
  const listed = elementsNamed(readMdx(body), 'Source').map(({ attributes }) => attributes.get('id'));
  if (!listed.includes(id)) {
    throw new RangeError(`${language}/${article ?? ''} refers to "${id}" and has no <Source id="${id}" />.`);
  }
  return { ...named, number: listed.indexOf(id) + 1 };
}

/** A source of the site's, wherever it is named. Throws RangeError when there is no such source. */
export function namedSource(language: Language, id: string): Pick<NamedSource, 'name' | 'url'> {
  if (!isSource(id)) throw new RangeError(`"${id}" is no source: content/sources.json has them.`);
  const { name, url } = sources[id];
  return { name: name[language], url: url?.[language] ?? null };
}

/** Where an article's list has a source. */
export function sourceAnchor(id: string): string {
  return `source-${id}`;
}

function isSource(id: string): id is keyof typeof sources {
  return Object.hasOwn(sources, id);
}
