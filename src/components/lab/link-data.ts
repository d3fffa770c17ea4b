import type { Language } from '../../i18n/languages.ts';
import { embedPage, pagePath, pathUnder } from '../../i18n/links.ts';
import { stringsOf } from '../../i18n/strings.ts';
import type { LinkData } from '../../lab/site-files.ts';

/** What a lab needs to open links and to make them, in a language. */
export function linkData(language: Language): LinkData {
  const { lab, functions } = stringsOf(language);
  return {
    words: lab.link,
    functions,
    embed: pathUnder(import.meta.env.BASE_URL, pagePath(language, embedPage('{lab}'))),
  };
}
