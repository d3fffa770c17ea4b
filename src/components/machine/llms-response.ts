import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../i18n/languages.ts';
import { llmsPath, pathUnder } from '../../i18n/links.ts';
import { stringsOf } from '../../i18n/strings.ts';
import { toLlmsText } from './llms-text.ts';
import { siteIndex } from './site-index.ts';

/** `llms.txt` in a language, with the way to those of other languages. */
export async function llmsResponse(language: Language, site: URL | undefined): Promise<Response> {
  const { llms: words, articles, site: own } = wordsOf(language);
  const addressOf = (path: string): string => {
    const below = pathUnder(import.meta.env.BASE_URL, path);
    return site === undefined ? below : new URL(below, site).href;
  };
  const others = LANGUAGES.filter((other) => other !== language).map((other) => ({
    title: LANGUAGE_NAMES[other].own,
    address: addressOf(llmsPath(other)),
    says: wordsOf(other).site.description,
  }));
  const text = toLlmsText(
    await siteIndex(site),
    language,
    { ...words, ...articles, description: own.description },
    others,
    addressOf('index.json'),
  );
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

function wordsOf(language: Language) {
  const { twin, contents, errors, platforms, site } = stringsOf(language);
  return {
    llms: { about: twin.about, labs: twin.labs },
    articles: { articles: contents.title, errors: errors.title, platforms: platforms.title },
    site,
  };
}
