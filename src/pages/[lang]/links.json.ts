/** What a lab needs to open links and to make them: it fetches this when it is asked for one. */
import type { APIRoute } from 'astro';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';
import { embedPage, pagePath, pathUnder } from '../../i18n/links.ts';
import { stringsOf } from '../../i18n/strings.ts';
import type { LinkData } from '../../lab/link/link-data.ts';

interface Props {
  language: Language;
}

/** One for each language. */
export function getStaticPaths(): { params: { lang: Language }; props: Props }[] {
  return LANGUAGES.map((language) => ({ params: { lang: language }, props: { language } }));
}

export const GET: APIRoute<Props> = ({ props: { language } }) => {
  return Response.json({
    words: stringsOf(language).lab.link,
    embed: pathUnder(import.meta.env.BASE_URL, pagePath(language, embedPage('{lab}'))),
  } satisfies LinkData);
};
