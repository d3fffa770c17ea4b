/** The site's list for language models, in the form of llmstxt.org: a title, what it is, and lists of links by section. */
import type { Language } from '../../i18n/languages.ts';
import type { SiteIndex } from './index-schema.ts';

/** The words around the links. */
export interface LlmsWords {
  readonly description: string;
  /** What a reader of the list has to know of the site. */
  readonly about: string;
  readonly articles: string;
  readonly errors: string;
  readonly platforms: string;
  readonly labs: string;
}

/** A link of a list, with what is said of it. */
interface Row {
  readonly title: string;
  readonly address: string;
  readonly says?: string;
}

/**
 * The list in one language; `others` are its versions in other languages. Links lead to Markdown where a page has it. What
 * comes under "Optional" may be left out by who has little room, as the form has it.
 */
export function toLlmsText(
  index: SiteIndex,
  language: Language,
  words: LlmsWords,
  others: readonly Row[],
  indexAddress: string,
): string {
  const sections: readonly (readonly [string, readonly Row[]])[] = [
    [
      words.articles,
      index.articles.map(({ title, twin, description }) => ({
        title: title[language],
        address: twin[language],
        says: description[language],
      })),
    ],
    [
      words.errors,
      index.errors.map(({ title, twin, says }) => ({
        title: title[language],
        address: twin[language],
        says: says[language],
      })),
    ],
    [
      words.platforms,
      index.platforms.map(({ title, page }) => ({ title: title[language], address: page[language] })),
    ],
    ['Optional', [{ title: 'index.json', address: indexAddress, says: words.labs }, ...others]],
  ];
  const lists = sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `## ${title}\n\n${rows.map(rowToPoint).join('\n')}`);
  return `${[`# ${index.name}`, `> ${words.description}`, words.about, ...lists].join('\n\n')}\n`;
}

function rowToPoint({ title, address, says }: Row): string {
  const label = title.replaceAll(/[[\]\\]/g, String.raw`\$&`);
  return `- [${label}](${address})${says === undefined ? '' : `: ${says}`}`;
}
