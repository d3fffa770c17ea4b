/** The words of the search's dialog: fetched when it is opened for the first time. */
import type { APIRoute } from 'astro';
import { LANGUAGES, type Language } from '../../../i18n/languages.ts';
import { CONTENTS_PAGE, pagePath, pathUnder } from '../../../i18n/links.ts';
import { stringsOf } from '../../../i18n/strings.ts';
import type { SearchWords } from '../../../components/search/search-words.ts';

interface Props {
  language: Language;
}

/** One for each language. */
export function getStaticPaths(): { params: { lang: Language }; props: Props }[] {
  return LANGUAGES.map((language) => ({ params: { lang: language }, props: { language } }));
}

export const GET: APIRoute<Props> = ({ props: { language } }) => {
  return Response.json({
    ...stringsOf(language).search,
    contentsPage: pathUnder(import.meta.env.BASE_URL, pagePath(language, CONTENTS_PAGE)),
  } satisfies SearchWords);
};
